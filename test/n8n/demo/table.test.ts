import { table } from '../../../n8n/demo/table';

test('aligns the columns and wraps the last one within the width', () => {
	const text = table(
		['name', 'what to fix'],
		[
			['Amara', ''],
			['Lena Hoffmann', 'this is not an email address at all'],
		],
		40,
	);
	expect(text.split('\n')).toEqual([
		'name           what to fix',
		'─────────────  ─────────────────────────',
		'Amara',
		'Lena Hoffmann  this is not an email',
		'               address at all',
	]);
});
