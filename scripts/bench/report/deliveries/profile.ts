import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';

import { mainThreadWorkedMs } from '../../../../n8n/processes/workedMs';
import type { Kind } from '../../../fire/kinds';
import type { Range } from '../../../fire/range';
import { fire } from '../../../fire/rates';
import { withoutPlaces } from '../../profile/keep';
import { sharesOf, type Recorded } from '../../profile/shares';

/** Where n8n worked for one delivery of a kind, ms of a processor. */
export interface DeliveryProfile {
	name: string;
	/** In the main thread, by whose code it was. */
	byOwner: Record<string, number>;
	/** In all other threads: isolates for expressions, SQLite, collecting garbage. */
	otherThreadsMs: number;
}

const count = 100;
/** For the developer tools of a browser; ignored by git. */
const rawFolder = join(__dirname, '..', '..', '..', '..', '.bench');

/** @param tag of the files in which the raw profiles are kept */
export async function profilesOf(range: Range, kinds: readonly Kind[], probePort: number, tag: string): Promise<DeliveryProfile[]> {
	const ask = async (what: 'start' | 'stop') =>
		(await axios.get<Recorded>(`http://127.0.0.1:${probePort}/profile/${what}`, { proxy: false })).data;
	await mkdir(rawFolder, { recursive: true });
	const profiles: DeliveryProfile[] = [];
	for (const [index, kind] of kinds.entries()) {
		await ask('start');
		const before = await mainThreadWorkedMs(range.n8n.pid);
		const { workedMs } = await fire(range, kind, 90_000, count);
		const mainMs = (await mainThreadWorkedMs(range.n8n.pid)) - before;
		const recorded = await ask('stop');
		await writeFile(join(rawFolder, `deliveries-${tag}-${index}.cpuprofile`), withoutPlaces(recorded.cpu));
		profiles.push({ name: kind.name, byOwner: perDelivery(recorded, mainMs), otherThreadsMs: (workedMs - mainMs) / count });
	}
	return profiles;
}

/** V8 looks at the stack by the clock, also while others have the processor: its shares are right, its times aren't. */
function perDelivery(recorded: Recorded, mainMs: number): Record<string, number> {
	const { cpu } = sharesOf(recorded);
	const whole = cpu.reduce((all, { amount }) => all + amount, 0);
	const sums: Record<string, number> = {};
	for (const { owner, amount } of cpu) {
		const name = owners[owner] ?? 'other packages';
		sums[name] = (sums[name] ?? 0) + (amount / whole) * (mainMs / count);
	}
	return sums;
}

export const ownCode = 'this package';
const database = 'database (TypeORM, SQLite)';

const owners: Record<string, string> = {
	'n8n-nodes-moca-learncoin': ownCode,
	'n8n-nodes-base': 'n8n’s own nodes',
	n8n: 'n8n',
	'n8n-core': 'n8n-core',
	'n8n-workflow': 'n8n-workflow',
	'@n8n/expression-runtime': 'expression engine',
	'@n8n/tournament': 'expression engine',
	'isolated-vm': 'expression engine',
	'@n8n/db': database,
	'@n8n/typeorm': database,
	sqlite3: database,
	axios: 'axios',
	'Node.js': 'Node.js and V8',
	V8: 'Node.js and V8',
	'collecting garbage': 'collecting garbage',
};
