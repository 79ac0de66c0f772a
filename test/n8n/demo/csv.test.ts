import { parseCsv } from '../../../n8n/demo/csv';

test('gives a record per row, under the names of the header line', () => {
	expect(parseCsv('name,score\nAmara,92\nElif,\n')).toEqual([
		{ name: 'Amara', score: '92' },
		{ name: 'Elif', score: '' },
	]);
});

test('takes commas, quotes and line ends inside quoted values', () => {
	expect(parseCsv('name,said\r\n"Zhang, Wei","a ""b""\nc"\r\n')).toEqual([{ name: 'Zhang, Wei', said: 'a "b"\nc' }]);
});

test('ignores a byte order mark, a missing last line end and empty lines', () => {
	expect(parseCsv('\uFEFFname,score\n\nAmara,92')).toEqual([{ name: 'Amara', score: '92' }]);
});
