import type { INodeListSearchItems } from 'n8n-workflow';

import { shorten } from '../../lib/values/texts';

/**
 * What a service says goes into the workflow by way of a form: n8n saves the name of a chosen entry beside its ID, and the fields of a mapper
 * with their labels. When the node runs, n8n evaluates every text in its parameters that starts with `=`, these too; and in Moca's public
 * catalog anybody can publish a program with a name of their choice.
 */
const isExpression = (text: string): boolean => text.startsWith('=');

const longestLabel = 200;

/** A text from outside as one to show: in quotes where n8n would evaluate it. */
export function labelFromOutside(text: string): string {
	const short = shorten(text, longestLabel);
	return isExpression(short) ? `“${short}”` : short;
}

/** Whether a text from outside may become a value, which can't be written otherwise than it is. */
export const canBeValue = (text: unknown): text is string => typeof text === 'string' && text !== '' && !isExpression(text);

/** An entry of a list; none where its ID can't be one. */
export function listItem(id: unknown, name: string, description?: unknown): INodeListSearchItems[] {
	if (!canBeValue(id)) return [];
	const about = typeof description === 'string' && description !== '' ? { description: labelFromOutside(description) } : {};
	return [{ name: labelFromOutside(name === '' ? id : name), value: id, ...about }];
}
