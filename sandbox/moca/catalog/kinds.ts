import { field, type DataPoint } from '../dataPoint';

/** Every topic meets every kind once: 26 × 9 titles, no two alike. */
const topics = [
	'Accessibility',
	'Aviation Safety',
	'Blood Donation',
	'Carbon Accounting',
	'Child Care',
	'Cloud Security',
	'Cycling',
	'Data Protection',
	'Digital Marketing',
	'Electric Vehicles',
	'Event Volunteering',
	'Fire Safety',
	'First Aid',
	'Food Hygiene',
	'Forklift',
	'Game Design',
	'Language',
	'Marathon',
	'Nursing',
	'Open Source',
	'Project Management',
	'Scuba Diving',
	'Solar Energy',
	'Teaching',
	'Video Editing',
	'Wine Tasting',
];

interface Kind {
	name: string;
	category: string;
	fields: DataPoint[];
}

export const kinds: Kind[] = [
	{
		name: 'Certificate',
		category: 'education',
		fields: [field('course', 'Course', 'string', true, 'Title of the course'), field('grade', 'Grade', 'number', true, '1 to 6')],
	},
	{
		name: 'Membership',
		category: 'membership',
		fields: [field('memberSince', 'Member since', 'date', true, 'First day'), field('active', 'Active', 'boolean', true, 'Paid up')],
	},
	{
		name: 'Attendance',
		category: 'event',
		fields: [
			field('event', 'Event', 'string', true, 'Name of the event'),
			field('checkedInAt', 'Checked in', 'date-time', false, 'Arrival'),
		],
	},
	{
		name: 'Skill Assessment',
		category: 'education',
		fields: [field('score', 'Score', 'integer', true, '0 to 100'), field('skills', 'Skills', 'array', false, 'What was shown')],
	},
	{
		name: 'License',
		category: 'identity',
		fields: [field('licenseClass', 'Class', 'string', true, 'Letter'), field('validUntil', 'Valid until', 'date', true, 'Last day')],
	},
	{
		name: 'Employment Record',
		category: 'employment',
		fields: [field('role', 'Role', 'string', true, 'Job title'), field('employer', 'Employer', 'object', false, 'Name and country')],
	},
	{
		name: 'Participation Badge',
		category: 'achievement',
		fields: [field('hours', 'Hours', 'number', false, 'Hours taken part')],
	},
	{
		name: 'Loyalty Tier',
		category: 'loyalty',
		fields: [field('tier', 'Tier', 'string', true, 'Bronze to gold'), field('points', 'Points', 'integer', true, 'Collected so far')],
	},
	{
		name: 'Safety Briefing',
		category: 'health',
		fields: [field('passed', 'Passed', 'boolean', true, 'Whether it was passed'), field('heldOn', 'Held on', 'date', false, 'Day')],
	},
];

/** The kind of the n-th made-up schema, from 0. */
export const kindOf = (index: number) => kinds[index % kinds.length]!;

/** Its title, which no other has. */
export const titleOf = (index: number) => `${topics[Math.floor(index / kinds.length) % topics.length]!} ${kindOf(index).name}`;
