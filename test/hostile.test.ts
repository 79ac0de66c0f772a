import fc from 'fast-check';

import { ExplainedFailure, withoutSecrets } from '../lib/http/explained';
import { readServiceMessage } from '../lib/http/readAnswer';
import { checkCredentialInput } from '../lib/learncoin/credentials/credentialInput';
import { checkRecipientId, deriveRecipientId } from '../lib/learncoin/credentials/recipientId';
import { verifySignature } from '../lib/learncoin/webhooks/signature';
import { checkCatalogId } from '../lib/moca/catalog/catalog';
import { readSchemaForm } from '../lib/moca/catalog/schemaForm';
import { checkClaimHash, checkCredentialSubject, checkIssuerDid, checkRecipientEmail } from '../lib/moca/issuing/checks';
import { convertSubject } from '../lib/moca/issuing/subjectTypes';
import { parseBoolean } from '../lib/values/booleans';
import { parseDate } from '../lib/values/dates';
import { parseObject } from '../lib/values/json';
import { parseInteger, parseNumber } from '../lib/values/numbers';
import { kindOf, parseText, shorten, textOf } from '../lib/values/texts';
import { labelFromOutside, listItem } from '../nodes/form/fromOutside';
import { startsWorkflow } from '../nodes/LearnCoin/Trigger/subscription';
import { pickByName } from '../nodes/Moca/Issue/pickByName';
import { fromFormFields, toFormFields } from '../nodes/Moca/Issue/subjectFields';
import { hostileObject, hostileText, hostileValue } from './support/hostile';
import { cpuMsOf, linearCpuMs } from './support/timing';

/**
 * What every function that meets values from outside keeps to, whatever the values: it gives a result or an ExplainedFailure, changes nothing
 * that all objects share, and doesn't hold n8n up.
 */
function holdsFor<T>(values: fc.Arbitrary<T>, work: (value: T) => unknown): void {
	const shared = Reflect.ownKeys(Object.prototype).length;
	fc.assert(
		fc.property(values, (value) => {
			let unexplained: unknown;
			const cpuMs = cpuMsOf(() => {
				try {
					work(value);
				} catch (error) {
					if (!(error instanceof ExplainedFailure)) unexplained = error;
				}
			});
			if (unexplained !== undefined) throw unexplained as Error;
			expect(Reflect.ownKeys(Object.prototype)).toHaveLength(shared);
			expect(cpuMs).toBeLessThan(linearCpuMs);
		}),
		{ numRuns: 60, endOnFailure: true },
	);
}

const readers: Array<[string, (value: unknown) => unknown]> = [
	['a date', parseDate],
	['a number', parseNumber],
	['a whole number', parseInteger],
	['yes or no', parseBoolean],
	['a text', parseText],
	['a text without blanks around it', textOf],
	['what a value is', kindOf],
	['an object', parseObject],
	['a recipient’s email', checkRecipientEmail],
	['a recipient ID', checkRecipientId],
	['a derived recipient ID', (value) => deriveRecipientId(value, 'namespace')],
	['a namespace', (value) => deriveRecipientId('17', value)],
	['an issuer DID', checkIssuerDid],
	['a claim hash', checkClaimHash],
	['an ID that becomes part of an address', (value) => encodeURIComponent(checkCatalogId(value, 'credential'))],
	['a subject, which is then sent', (value) => JSON.stringify(checkCredentialSubject(value))],
	['fields of a saved form', (value) => fromFormFields([value])],
];

it.each(readers)('%s', (_, read) => holdsFor(hostileValue, read));

const types = ['string', 'integer', 'number', 'boolean', 'date', 'date-time', 'array', 'object', 'constructor', '__proto__'];
const uuid = 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10';

it.each(types)('a value for a field of the type %s', (type) =>
	holdsFor(hostileValue, (value) => {
		const form = readSchemaForm({ dataPoints: [{ name: 'value', type, isRequired: true }] })!;
		JSON.stringify(convertSubject({ value }, form));
	}),
);

it('a schema from the catalog, its form, and a subject for it', () =>
	holdsFor(fc.tuple(fc.array(hostileObject, { maxLength: 4 }), hostileObject), ([dataPoints, subject]) => {
		const form = readSchemaForm({ name: subject.name, dataPoints });
		if (!form) return;
		for (const { id, displayName, title } of toFormFields(form)) {
			expect([id, displayName, title ?? ''].filter((text) => text.startsWith('='))).toEqual([]);
		}
		pickByName(
			subject as never,
			form.fields.map(({ name }) => name),
		);
		convertSubject(subject, form);
	}));

it('a credential for LearnCoin', () =>
	holdsFor(fc.tuple(hostileObject, hostileValue), ([input, value]) => {
		for (const recipient of [input, { id: uuid, name: 'Ada', email: value }, { id: uuid, name: value }]) {
			JSON.stringify(
				checkCredentialInput({
					...input,
					recipient,
					achievement: { name: 'First Aid', description: value, ...input },
					issuanceDate: '2026-12-31T00:00:00Z',
					expirationDate: value,
				}),
			);
		}
	}));

it('a signature header', () =>
	holdsFor(hostileValue, (header) =>
		verifySignature({ rawBody: Buffer.from('{}'), header, secret: 'whsec_x', toleranceSeconds: () => 300, nowMs: 0 }),
	));

it('the name of an event, and the names that are waited for', () =>
	holdsFor(fc.tuple(hostileText, fc.array(hostileText, { maxLength: 3 })), ([type, names]) =>
		startsWorkflow(type, { names, includesTests: false }),
	));

it('what a service says', () =>
	holdsFor(fc.oneof(hostileText, hostileObject.map(jsonOf)), (text) => readServiceMessage({ status: 400, headers: {}, text })));

it('words that may hold secrets', () => holdsFor(hostileText, (text) => withoutSecrets(text)));

it('an entry of a list, which never becomes an expression', () =>
	holdsFor(fc.tuple(hostileValue, hostileText, hostileValue), ([id, name, description]) => {
		for (const entry of listItem(id, name, description)) {
			expect([entry.name, String(entry.value)].filter((text) => text.startsWith('='))).toEqual([]);
		}
		expect(labelFromOutside(name).startsWith('=')).toBe(false);
	}));

it('a quote, which is no longer than it may be', () =>
	holdsFor(hostileText, (text) => expect(shorten(text, 40).length).toBeLessThanOrEqual(41)));

/** What a service may send: some generated values have no form in JSON. */
function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
	} catch {
		return '{}';
	}
}
