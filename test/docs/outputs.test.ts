import type { IDataObject } from 'n8n-workflow';

import { forgetHistories } from '../../lib/learncoin/issued/histories';
import { defaultLearnCoinSettings } from '../../sandbox/learncoin/settings';
import { defaultMocaSettings } from '../../sandbox/moca/settings';
import { loadNodes, operationsOf, pathOf, type NodeOperation, type NodeSource } from '../../scripts/docs/nodeTypes';
import { outputsOf, type OutputField, type OutputSchema } from '../../scripts/docs/outputs';
import { useSandbox } from '../support/sandbox/useSandbox';
import { until } from '../support/sandbox/learncoin';
import { useN8n } from '../support/trigger';
import { learnCoinScenarios } from './outputs/learncoin';
import { mocaScenarios } from './outputs/moca';
import type { Scenarios } from './outputs/scenario';

/** What a page says that comes out, and n8n's editor shows before a node was run, is what does come out. */
const sandbox = useSandbox();
const n8n = useN8n(sandbox);
beforeEach(() => {
	forgetHistories();
	Object.assign(sandbox().moca.settings, { statusAdds: undefined }, defaultMocaSettings(), { onChainAfterMs: 30 });
	Object.assign(sandbox().learncoin.settings, defaultLearnCoinSettings(), { signedAfterMs: 10, anchoredAfterMs: 30 });
});

const scenarios: Scenarios = {
	...mocaScenarios,
	...learnCoinScenarios,
	'LearnCoin/Trigger': [
		async () => {
			const trigger = n8n();
			await trigger.activate();
			await sandbox().learncoin.emit('batch.anchored', { id: 'bat_01HXYZABCDEF1234567890ABCD' });
			await until(() => trigger.started.length > 0);
			return { items: trigger.started.map((json) => ({ json })) };
		},
	],
};

const nameOf = ({ folder }: NodeSource, operation: NodeOperation): string =>
	[folder.replace(/^nodes\//, ''), pathOf(operation)].filter(Boolean).join(' ');

/** Each description of an output, by the name of its scenarios. */
async function described(): Promise<Map<string, { file: string; schema: OutputSchema }>> {
	const all = new Map<string, { file: string; schema: OutputSchema }>();
	for (const node of await loadNodes()) {
		for (const operation of operationsOf(node.description)) {
			for (const output of await outputsOf(node, operation)) {
				const variant = /\.([^./]+)\.json$/.exec(output.file)?.[1];
				const isTheUsual = variant === undefined || /^\d+$/.test(variant);
				all.set(isTheUsual ? nameOf(node, operation) : `${nameOf(node, operation)}.${variant}`, output);
			}
		}
	}
	return all;
}

it('every operation of every node is run here, with each kind of output that is described', async () => {
	expect(Object.keys(scenarios).sort()).toEqual([...(await described()).keys()].sort());
});

it.each(Object.keys(scenarios))('%s gives the fields that are described, and no others', async (name) => {
	const { file, schema } = (await described()).get(name)!;
	const seen = new Set<string>();
	const undescribed = new Set<string>();
	for (const scenario of scenarios[name]!) {
		sandbox().reset();
		forgetHistories();
		const { items, error } = await scenario(sandbox());
		expect(error).toBeUndefined();
		expect(items).not.toEqual([]);
		for (const { json } of items) compare(json, schema.properties, '', seen, undescribed);
	}
	const unseen = pathsOf(schema.properties, '').filter((path) => !seen.has(path));
	expect({ [file]: { 'comes out, and is not described': [...undescribed], 'is described, and never comes out': unseen } }).toEqual({
		[file]: { 'comes out, and is not described': [], 'is described, and never comes out': [] },
	});
});

type Fields = Record<string, OutputField>;

function compare(value: IDataObject, fields: Fields, before: string, seen: Set<string>, undescribed: Set<string>): void {
	for (const [name, one] of Object.entries(value)) {
		const path = `${before}${name}`;
		const field = fields[name];
		if (!field) {
			undescribed.add(path);
			continue;
		}
		seen.add(path);
		if (![field.type].flat().includes(typeOf(one))) undescribed.add(`${path} as ${typeOf(one)}`);
		if (field.enum && !field.enum.includes(one as string)) undescribed.add(`${path} ${String(one)}`);
		const { properties, items } = field;
		if (properties) compare(one as IDataObject, properties, `${path}.`, seen, undescribed);
		if (items?.properties) for (const entry of one as IDataObject[]) compare(entry, items.properties, `${path}[].`, seen, undescribed);
	}
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const pathsOf = (fields: Fields, before: string): string[] =>
	Object.entries(fields).flatMap(([name, { properties = {}, items }]) => {
		const path = `${before}${name}`;
		return [path, ...pathsOf(properties, `${path}.`), ...pathsOf(items?.properties ?? {}, `${path}[].`)];
	});
