/** One group of bars under one title. */
export interface BarGroup {
	title: string;
	bars: Array<{ label: string; value: number; text: string }>;
}

const colors = ['#8a94a6', '#2f6fdb', '#d98324'];
const [width, left, barHeight, groupGap, top] = [800, 190, 16, 18, 40];
const font = 'font-family="system-ui, sans-serif" font-size="12"';

/** A chart of horizontal bars as SVG, readable on light and dark pages. Bars of one group are to scale with each other. */
export function barChart(title: string, groups: readonly BarGroup[]): string {
	const lines: string[] = [];
	let y = top;
	for (const group of groups) {
		const most = Math.max(...group.bars.map(({ value }) => value), 1);
		const middle = y + (group.bars.length * barHeight) / 2 + 4;
		lines.push(`<text x="${left - 10}" y="${middle}" text-anchor="end">${escaped(group.title)}</text>`);
		for (const [index, { value, text }] of group.bars.entries()) {
			const length = Math.round(((width - left - 130) * value) / most);
			lines.push(
				`<rect x="${left}" y="${y}" width="${length}" height="${barHeight - 3}" rx="2" fill="${colors[index % colors.length]}"/>`,
				`<text x="${left + length + 6}" y="${y + 11}">${escaped(text)}</text>`,
			);
			y += barHeight;
		}
		y += groupGap;
	}
	const labels = [...new Set(groups.flatMap(({ bars }) => bars.map(({ label }) => label)))];
	const legend = labels.map(
		(label, index) =>
			`<rect x="${left + index * 180}" y="12" width="12" height="12" rx="2" fill="${colors[index % colors.length]}"/><text x="${left + index * 180 + 18}" y="22">${escaped(label)}</text>`,
	);
	const style = '<style>text{fill:#1f2328}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>';
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" ${font}><title>${escaped(title)}</title>${style}\n${[...legend, ...lines].join('\n')}\n</svg>\n`;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
