import { createHmac } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';

/** One request to the trigger's address. */
export interface Shot {
	kind: string;
	/** Statuses that are right for it; 0 = no answer. */
	right: number[];
	method?: string;
	headers: OutgoingHttpHeaders;
	body: Buffer;
	/** The connection breaks after so many bytes of the body, though the whole length was announced. */
	breaksAfter?: number;
}

/** Whom it is aimed at. */
export interface Target {
	/** The registration's signing secret. */
	secret: string;
}

const json = { 'content-type': 'application/json' };
const seconds = () => Math.floor(Date.now() / 1000);
const hmac = (secret: string, time: number | string, body: Buffer) =>
	createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

export const signature = (secret: string, body: Buffer, time: number | string = seconds()) => `t=${time},v1=${hmac(secret, time, body)}`;

const event = (id: string, data: object = { id: 'bat_1', status: 'anchored' }): Buffer =>
	Buffer.from(JSON.stringify({ id, type: 'batch.anchored', created_at: '2026-06-30T00:00:00Z', data }));

/** A delivery as LearnCoin makes it; an odd one with a member that no object should get. */
export function trueShot({ secret }: Target, id: string, isOdd = false): Shot {
	const plain = event(id).toString();
	const body = Buffer.from(isOdd ? plain.replace('{', '{"__proto__":{"id":"evt_false","polluted":true},') : plain);
	return { kind: 'true', right: [200], headers: { ...json, 'x-learncoin-signature': signature(secret, body) }, body };
}

const levels = 100_000;
const deepText = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const deep = (id: string) => Buffer.from(`{"id":"${id}","type":"batch.anchored","data":${deepText}}`);
const large = Buffer.from(JSON.stringify({ id: 'evt_large', type: 'batch.anchored', data: 'x'.repeat(15_000_000) }));
const bomb = gzipSync(large);
const withProto = (members: string) => Buffer.from(`{"id":"evt_proto","__proto__":{"type":"batch.anchored","polluted":true}${members}}`);

/** What must not start a workflow, each kind with a delivery as it looks on the wire. `n` makes it another one. */
export const bad: Record<string, (target: Target, n: number) => Omit<Shot, 'kind'>> = {
	'no signature': (_, n) => ({ right: [401], headers: json, body: event(`evt_bad${n}`) }),
	'empty signature': (_, n) => ({ right: [401], headers: { ...json, 'x-learncoin-signature': '' }, body: event(`evt_bad${n}`) }),
	'several signature headers': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		const headers = { ...json, 'x-learncoin-signature': [signature('guessed', body), signature(secret, body)] };
		return { right: [401], headers, body };
	},
	'malformed time': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		const times = ['', 'now', '-1', '1e9', '0x10', '12345678901234567890', '１７', '1.5', 'NaN'];
		const time = times[n % times.length]!;
		return { right: [401], headers: { ...json, 'x-learncoin-signature': encodeURI(signature(secret, body, time)) }, body };
	},
	'long ago': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		return { right: [401], headers: { ...json, 'x-learncoin-signature': signature(secret, body, seconds() - 400 - n) }, body };
	},
	'in the future': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		return { right: [401], headers: { ...json, 'x-learncoin-signature': signature(secret, body, seconds() + 400 + n) }, body };
	},
	'wrong key': (_, n) => {
		const body = event(`evt_bad${n}`);
		return { right: [401], headers: { ...json, 'x-learncoin-signature': signature('whsec_guessed', body) }, body };
	},
	'signature of another body': ({ secret }, n) => {
		const headers = { ...json, 'x-learncoin-signature': signature(secret, event(`evt_other${n}`)) };
		return { right: [401], headers, body: event(`evt_bad${n}`) };
	},
	'cut, with its old signature': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		// n8n reads the JSON before the node is asked.
		const headers = { ...json, 'x-learncoin-signature': signature(secret, body) };
		return { right: [401, 422], headers, body: body.subarray(0, body.length >> 1) };
	},
	'cut to JSON that is whole': ({ secret }, n) => {
		const body = Buffer.concat([event(`evt_bad${n}`), Buffer.from(' ')]);
		return { right: [401], headers: { ...json, 'x-learncoin-signature': signature(secret, body) }, body: body.subarray(0, -1) };
	},
	'broken off on the wire': ({ secret }, n) => {
		const body = event(`evt_bad${n}`);
		const headers = { ...json, 'x-learncoin-signature': signature(secret, body) };
		return { right: [0], headers, body, breaksAfter: body.length >> 1 };
	},
	'15 MB, forged': () => ({
		right: [413],
		headers: { ...json, 'x-learncoin-signature': signature('guessed', Buffer.from('')) },
		body: large,
	}),
	'15 MB, truly signed': ({ secret }) => ({
		right: [413],
		headers: { ...json, 'x-learncoin-signature': signature(secret, large) },
		body: large,
	}),
	'15 MB out of 15 KB': () => ({ right: [413], headers: { ...json, 'content-encoding': 'gzip' }, body: bomb }),
	'100,000 levels, forged': (_, n) => ({
		right: [401],
		headers: { ...json, 'x-learncoin-signature': signature('guessed', Buffer.from('')) },
		body: deep(`evt_bad${n}`),
	}),
	'100,000 levels, truly signed': ({ secret }, n) => {
		const body = deep(`evt_deep${n}`);
		return { right: [422], headers: { ...json, 'x-learncoin-signature': signature(secret, body) }, body };
	},
	'signature header of 15 KB': (_, n) => ({
		right: [401],
		headers: { ...json, 'x-learncoin-signature': `t=${seconds()}${',v1=aa'.repeat(2_500)}` },
		body: event(`evt_bad${n}`),
	}),
	'headers beyond what Node reads': (_, n) => ({
		right: [431],
		headers: { ...json, 'x-learncoin-signature': 'x'.repeat(20_000) },
		body: event(`evt_bad${n}`),
	}),
	'type in __proto__, truly signed': ({ secret }) => {
		const body = withProto('');
		return { right: [200], headers: { ...json, 'x-learncoin-signature': signature(secret, body) }, body };
	},
	'no JSON': ({ secret }, n) => {
		const bodies: Array<[string, string]> = [
			['text/plain', 'hello'],
			['application/xml', '<a><b/></a>'],
			['application/x-www-form-urlencoded', 'type=batch.anchored&id=evt_1'],
			['application/octet-stream', '\u0000\u0001'],
			['', 'batch.anchored'],
		];
		const [type, text] = bodies[n % bodies.length]!;
		const body = Buffer.from(text);
		// Signed or not: it is no event.
		const isSigned = n % 2 === 0;
		const headers = {
			...(type !== '' && { 'content-type': type }),
			'x-learncoin-signature': signature(isSigned ? secret : 'guessed', body),
		};
		return { right: [isSigned ? 200 : 401], headers, body };
	},
	'a true event as multipart': ({ secret }, n) => {
		const body = Buffer.from(`--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${event(`evt_bad${n}`).toString()}\r\n--x--\r\n`);
		const headers = { 'content-type': 'multipart/form-data; boundary=x', 'x-learncoin-signature': signature(secret, body) };
		return { right: [401], headers, body };
	},
	'another method': ({ secret }, n) => {
		const method = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'][n % 5]!;
		const body = event(`evt_bad${n}`);
		return { right: [404], method, headers: { ...json, 'x-learncoin-signature': signature(secret, body) }, body };
	},
};
