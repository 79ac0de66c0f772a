import { labelFromOutside, listItem } from '../../../nodes/form/fromOutside';

it('shows a name as it is', () => {
	expect(listItem('c1', 'First Aid', 'What to do')).toEqual([{ name: 'First Aid', value: 'c1', description: 'What to do' }]);
});

it.each(['={{ $json.email }}', '=1+1', '='])('puts the name “%s” in quotes, so that n8n does not evaluate it', (name) => {
	expect(listItem('c1', name, name)).toEqual([{ name: `“${name}”`, value: 'c1', description: `“${name}”` }]);
});

it('shows the ID of what has no name', () => {
	expect(listItem('c1', '')).toEqual([{ name: 'c1', value: 'c1' }]);
});

it.each(['={{ $env.HOME }}', '', undefined, null, 7, {}])('leaves out what has the ID %p', (id) => {
	expect(listItem(id, 'First Aid')).toEqual([]);
});

it('shortens a name that no list has room for: it is saved in the workflow', () => {
	expect(labelFromOutside('x'.repeat(1_000_000))).toHaveLength(201);
});
