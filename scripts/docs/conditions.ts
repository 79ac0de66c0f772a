import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { choicesOf, type NodeOperation } from './nodeTypes';
import { oneOf } from './markdown';

/** What says which operation is meant; a page has a section for each. */
const chosenFirst = ['resource', 'operation'] as const;

/** Whether a field is in the form of this operation, leaving aside what else it may depend on. */
export function isFor({ displayOptions }: INodeProperties, chosen: NodeOperation): boolean {
	return chosenFirst.every((name) => {
		const value = chosen[name]?.value;
		const { show, hide } = displayOptions ?? {};
		const isShown = show?.[name] === undefined || show[name].includes(value as string);
		return isShown && hide?.[name]?.includes(value as string) !== true;
	});
}

/**
 * What a field's being shown depends on besides the operation, in words after “Only”: “with _Find By_: _All_”. Empty if on nothing.
 *
 * @param all where the fields are that it names
 * @throws Error for a condition that there are no words for yet
 */
export function conditionsOf({ name, displayOptions }: Pick<INodeProperties, 'name' | 'displayOptions'>, all: INodeProperties[]): string[] {
	const { show = {}, hide = {}, ...others } = (displayOptions ?? {}) as IDisplayOptions;
	if (Object.keys(others).length > 0)
		throw new Error(`The field ${name} is shown by ${Object.keys(others).join()}: say how in conditions.ts.`);
	const isLeftOver = ([on]: [string, unknown]) => !chosenFirst.some((first) => first === on);
	return [
		...Object.entries(show)
			.filter(isLeftOver)
			.map(([on, values]) => wordsFor(name, on, values, true, all)),
		...Object.entries(hide)
			.filter(isLeftOver)
			.map(([on, values]) => wordsFor(name, on, values, false, all)),
	];
}

function wordsFor(name: string, on: string, values: unknown, isShown: boolean, all: INodeProperties[]): string {
	const property = all.find((one) => one.name === on.replace(/^\//, ''));
	if (!property || !Array.isArray(values)) throw new Error(`The field ${name} depends on ${on}: say how in conditions.ts.`);
	const title = property.name === 'operation' ? '' : `_${property.displayName}_`;
	if (values.every((value) => value === '')) return isShown ? `while ${title} is empty` : `once ${title} is filled`;
	if (values.every((value) => typeof value === 'boolean')) return `with ${title} ${values[0] === isShown ? 'on' : 'off'}`;
	const choices = values.map((value) => `_${choicesOf(property).find((one) => one.value === value)?.name ?? String(value)}_`);
	if (title === '') return `${isShown ? 'for' : 'not for'} ${oneOf(choices)}`;
	return `${isShown ? 'with' : 'unless'} ${title}: ${oneOf(choices)}`;
}
