import { join } from 'node:path';

import { startN8n } from '../../../n8n/server/startN8n';
import { operations } from '../operations/index';
import type { Operation } from '../operations/operation';
import type { ProofSetup } from '../proofs/proof';
import type { OnPage } from './page';
import { planOf, shortened } from './plan';
import { runMatrix } from './runMatrix';
import { killTogether, workTogether, type Together } from './together';

export interface MatrixOptions extends ProofSetup {
	/** Only operations whose title has this in it. */
	only?: string;
	/** What there is time for at every change, and what needs neither PostgreSQL nor Redis. */
	isShort?: boolean;
}

export interface Matrix {
	tables: OnPage[];
	together: Together;
}

/** All operations under all faults, then killed, then on two workers. */
export async function matrix(options: MatrixOptions): Promise<Matrix> {
	const { folder, tarball, report, only = '', isShort = false } = options;
	const chosen = operations.filter(({ operation }) => operation.title.includes(only));
	const own = chosen.map(({ operation }) => operation);
	const others = [...new Set(chosen.flatMap(({ instead }) => instead ?? []))];
	const plans = [...own, ...others].map(planOf).map((plan) => (isShort ? shortened(plan) : plan));
	const n8n = await startN8n({ folder: join(folder, 'matrix'), tarball, report });
	let tables: OnPage[];
	let killed: Together;
	try {
		const tried = await runMatrix(n8n, plans, report);
		const of = (operation: Operation | undefined) => tried.find((one) => one.operation === operation);
		tables = chosen.map(({ operation, instead }) => {
			const beside = of(instead);
			return { ...of(operation)!, ...(beside && { instead: beside }) };
		});
		killed = await killTogether(n8n, own, isShort ? ['killedDuring'] : ['killedBefore', 'killedDuring', 'killedAfter'], report);
	} finally {
		await n8n.stop();
	}
	const worked = isShort ? [] : await workTogether(options, own);
	const together = killed.map(({ operation, ways }) => ({
		operation,
		ways: { ...ways, ...worked.find((one) => one.operation === operation)?.ways },
	}));
	return { tables, together };
}
