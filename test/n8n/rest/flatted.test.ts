import { parseFlatted } from '../../../n8n/rest/flatted';

test('puts every string and object back in its place, and leaves other values as they are', () => {
	const text = JSON.stringify([{ name: '1', score: 92, passed: true, none: null, list: '2' }, 'Amara', ['1', '3', 7], {}]);
	expect(parseFlatted(text)).toEqual({ name: 'Amara', score: 92, passed: true, none: null, list: ['Amara', {}, 7] });
});

test('takes what refers to itself', () => {
	const root = parseFlatted(JSON.stringify([{ self: '0' }])) as { self: unknown };
	expect(root.self).toBe(root);
});

test('takes a text alone', () => {
	expect(parseFlatted('["alone"]')).toBe('alone');
});
