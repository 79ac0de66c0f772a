import type { Baked } from './boundedJson';

const opening = '<openbadges:credential';
const closing = '</openbadges:credential>';
const cdata = '<![CDATA[';

/**
 * The badge in an SVG: the element `openbadges:credential`, with the document in it, or a JWT as its attribute `verify` (Open Badges 3.0, section
 * 5.3.2). Searched for as text: whatever else the picture holds doesn't matter, and nothing of it is evaluated.
 */
export function findInSvg(text: string): Baked {
	const start = text.indexOf(opening);
	if (start < 0) return noBadge(text);
	if (text.includes(opening, start + opening.length)) {
		return { ok: false, why: 'The SVG holds more than one badge, against the rules, so nobody can say which one it shows.' };
	}
	const open = text.indexOf('>', start);
	if (open < 0) return cutOff;
	const jwt = /\sverify\s*=\s*["']([^"']+)["']/.exec(text.slice(start, Math.min(open, start + 100_000)))?.[1];
	if (jwt !== undefined) return { ok: true, text: jwt.trim() };
	const end = text.indexOf(closing, open);
	if (end < 0) return cutOff;
	const content = text.slice(open + 1, end).trim();
	if (content.startsWith(cdata)) return { ok: true, text: content.slice(cdata.length, content.lastIndexOf(']]>')).trim() };
	if (content.split('&', mostEntities).length === mostEntities)
		return { ok: false, why: 'The badge in the SVG has too many signs as XML writes them.' };
	return { ok: true, text: content.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '').trim() };
}

/** Two for each text of the largest badge that is read, and some in them; unpacking a million of them would hold n8n up. */
const mostEntities = 50_000;

const cutOff: Baked = { ok: false, why: 'The badge in the SVG is cut off.' };

function noBadge(text: string): Baked {
	if (text.includes('<openbadges:assertion')) {
		return { ok: false, why: 'The SVG holds a badge of Open Badges 2, which carries no proof of its own.' };
	}
	const isSvg = /<svg[\s>]/i.test(text.slice(0, 100_000));
	return { ok: false, why: isSvg ? 'The SVG holds no badge: it is only a picture.' : 'It is a web page or another XML file, not a badge.' };
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
