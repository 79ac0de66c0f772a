import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { matrix, type Matrix } from '../../scripts/faults/matrix/index';
import { redIn } from '../../scripts/faults/matrix/page';
import { packPackage } from '../../scripts/pack';

const minute = 60_000;

/** The short form of `npm run faults`, whose page is docs/faults.md. */
let found: Matrix;

beforeAll(async () => {
	const folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-e2e-'));
	const tarball = await packPackage();
	try {
		found = await matrix({ folder, tarball, report: () => {}, isShort: true });
	} finally {
		await rm(dirname(tarball), { recursive: true });
		await rm(folder, { recursive: true, force: true });
	}
}, 20 * minute);

test('no promise about running again is broken, whatever goes wrong with one request, and when n8n is killed', () => {
	expect(redIn(found)).toEqual([]);
});

test('every operation that changes something was tried', () => {
	expect(found.tables.map(({ operation, cells }) => [operation.title, cells.length > 0])).toEqual(
		found.tables.map(({ operation }) => [operation.title, true]),
	);
	expect(found.together.map(({ ways }) => ways.killedDuring?.verdict.asked)).not.toContain(undefined);
	expect(found.tables).toHaveLength(11);
});

test('the sandbox’s record shows who has two: a flow without these nodes issues twice when an answer is lost and it is executed again', () => {
	const withoutThem = found.tables.flatMap(({ operation, instead }) => (operation.service === 'LearnCoin' && instead ? [instead] : []));
	const lost = withoutThem.flatMap(({ cells }) => cells.filter(({ fault, way }) => fault === 'resetAfter' && way === 'continueAgain'));
	expect(lost.map(({ verdict }) => verdict.twice > 0)).toEqual(lost.map(() => true));
	expect(lost.length).toBeGreaterThan(0);
});
