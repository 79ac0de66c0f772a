import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { filled, table } from '../../../docs/markdown';
import type { Rate } from '../../../fire/rates';
import { times, type Target } from '../targets';
import { lazySetting, type DeliveryResult, type DeliveryResults } from './measure';
import { ownCode, type DeliveryProfile } from './profile';

export const settingNames = { usual: 'as it starts by itself', lazy: `with \`${lazySetting}=true\`` };
const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const deliveriesTable = (results: DeliveryResults): string =>
	table(
		['n8n', 'delivery', 'a second', 'time to the Webhook node’s', 'n8n’s work for one', 'to the Webhook node’s'],
		(['usual', 'lazy'] as const).flatMap((setting) =>
			results[setting].rates.map(({ name, perSecond, timeRatio, workMs, workRatio }, index) => [
				index === 0 ? settingNames[setting] : '',
				name,
				perSecond.toFixed(0),
				times(timeRatio),
				ms(workMs),
				times(workRatio),
			]),
		),
	);

/** Where n8n works for one delivery of each kind, by whose code it is. */
export function profileTable({ profiles }: DeliveryResult): string {
	const total = ({ byOwner, otherThreadsMs }: DeliveryProfile) => Object.values(byOwner).reduce((all, one) => all + one, otherThreadsMs);
	const owners = [...new Set(profiles.flatMap(({ byOwner }) => Object.keys(byOwner)))];
	const most = (owner: string) => Math.max(...profiles.map(({ byOwner }) => byOwner[owner] ?? 0));
	const row = (name: string, valueOf: (profile: DeliveryProfile) => number) => [name, ...profiles.map((one) => valueOf(one).toFixed(2))];
	return table(
		['ms for one', ...profiles.map(({ name }) => name)],
		[
			...owners.sort((a, b) => most(b) - most(a)).map((owner) => row(owner, ({ byOwner }) => byOwner[owner] ?? 0)),
			row('other threads', ({ otherThreadsMs }) => otherThreadsMs),
			row('altogether', total),
		],
	);
}

const kindsIn = ({ rates }: DeliveryResult) => {
	const [webhook, signed, forged, ownSigned, ownForged] = rates as [Rate, Rate, Rate, Rate, Rate];
	return { webhook, signed, forged, ownSigned, ownForged };
};

/** A delivery costs what it takes of time and of n8n's processor; the target is for both. */
export function deliveryTargets(results: DeliveryResults): Target[] {
	const target = (what: string, { timeRatio, workRatio }: Rate, most: number, setting: keyof DeliveryResults): Target => ({
		what: `${what}, n8n ${settingNames[setting]}: time, and n8n’s work, to the Webhook node’s`,
		wanted: `at most ${most} ×`,
		found: `${times(timeRatio)}, ${times(workRatio)}`,
		holds: Math.max(timeRatio, workRatio) <= most,
	});
	return (['usual', 'lazy'] as const).flatMap((setting) => {
		const { signed, forged } = kindsIn(results[setting]);
		return [target('a signed delivery', signed, 1.25, setting), target('a forged delivery', forged, 0.5, setting)];
	});
}

/** What the page says of deliveries, and below its targets of what was missed. */
export async function deliveryTexts(results: DeliveryResults): Promise<{ deliveries: string; deliveryCauses: string }> {
	const figures = { ...figuresOf(results), table: deliveriesTable(results) };
	const written = async (name: string) => filled(await readFile(join(__dirname, name), 'utf8'), figures).trim();
	return { deliveries: await written('section.md'), deliveryCauses: await written('causes.md') };
}

function figuresOf({ usual, lazy }: DeliveryResults): Record<string, string> {
	const [atFirst, lazily] = [kindsIn(usual), kindsIn(lazy)];
	const own = lazy.profiles.find(({ name }) => name === lazily.signed.name)?.byOwner[ownCode] ?? 0;
	return {
		signed: times(atFirst.signed.workRatio),
		forged: times(atFirst.forged.workRatio),
		ownSigned: times(atFirst.ownSigned.workRatio),
		ownForged: times(atFirst.ownForged.workRatio),
		signedLazily: times(lazily.signed.workRatio),
		forgedLazily: times(lazily.forged.workRatio),
		ownSignedLazily: times(lazily.ownSigned.workRatio),
		ownForgedLazily: times(lazily.ownForged.workRatio),
		forgedWork: ms(atFirst.forged.workMs),
		forgedWorkLazily: ms(lazily.forged.workMs),
		isolate: ms(atFirst.forged.workMs - lazily.forged.workMs),
		signedBeyond: ms(lazily.signed.workMs - lazily.webhook.workMs),
		ownCode: ms(own),
	};
}
