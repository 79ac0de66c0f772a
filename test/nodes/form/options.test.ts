import type { INodeProperties } from 'n8n-workflow';

import { optionRanges } from '../../../lib/items/options';
import { optionsProperty } from '../../../nodes/form/options';

it('shows for each option the value that counts without it', () => {
	const shown = (optionsProperty({ operation: ['wait'] }).options as INodeProperties[]).map((option) => [option.name, option.default]);
	expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(Object.entries(optionRanges).map(([name, { usual }]) => [name, usual])));
});
