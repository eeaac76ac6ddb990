import { describe, expect, it } from 'vitest';
import { type Grain, grainIn, grainOf, grainsOf, periodOfSteps, tenseOf, timeDimension, usualGrain } from './grain.ts';

describe('steps of the chart', () => {
  it.each<[number, Grain, Grain[]]>([
    [1, 'hour', ['hour']],
    [2, 'day', ['hour', 'day']],
    [7, 'day', ['hour', 'day']],
    [28, 'day', ['day', 'week']],
    [93, 'day', ['day', 'week', 'month']],
    [94, 'week', ['day', 'week', 'month']],
    [366, 'week', ['day', 'week', 'month']],
    [1200, 'month', ['week', 'month']],
    [4000, 'month', ['month']],
  ])('over %d days are by the %s', (days, usual, choices) => {
    expect(usualGrain(days)).toBe(usual);
    expect(grainsOf(days)).toEqual(choices);
  });

  it.each<[Grain | null, number, Grain]>([
    [null, 28, 'day'],
    ['week', 28, 'week'],
    ['hour', 28, 'day'],
    ['hour', 7, 'hour'],
  ])('chosen %s over %d days is %s', (chosen, days, grain) => {
    expect(grainOf(chosen, days)).toBe(grain);
  });
});

describe('weeks', () => {
  it.each<[number, string]>([
    [1, 'time:week'],
    [6, 'time:week_saturday'],
    [7, 'time:week_sunday'],
    [5, 'time:week'],
  ])('that begin on %i are %s', (weekday, dimension) => {
    expect(timeDimension('week', weekday)).toBe(dimension);
    expect(grainIn(dimension)).toBe('week');
    expect(timeDimension('day', weekday)).toBe('time:day');
  });

  it('are told from other steps', () => {
    expect(['time:hour', 'time:day', 'time:month', 'event:page', undefined].map(grainIn)).toEqual([
      'hour',
      'day',
      'month',
      null,
      null,
    ]);
  });
});

describe('a selection in the chart', () => {
  it.each<[Grain, string, string, string]>([
    ['day', '2026-03-02', '2026-03-04', '2026-03-04'],
    ['week', '2026-02-23', '2026-03-02', '2026-03-08'],
    ['week', '2026-02-23', '2026-03-09', '2026-03-11'],
    ['month', '2026-01-01', '2026-02-01', '2026-02-28'],
    ['hour', '2026-03-02T10:00:00+01:00', '2026-03-02T12:00:00+01:00', '2026-03-02T12:59:59+01:00'],
    ['hour', '2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00', '2026-10-25T02:59:59+01:00'],
    ['hour', '2026-10-04T02:30:00+11:00', '2026-10-04T02:30:00+11:00', '2026-10-04T02:59:59+11:00'],
    ['hour', '2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+10:30', '2026-04-05T01:59:59+10:30'],
  ])('by the %s from %s to %s ends with %s', (grain, from, to, end) => {
    expect(periodOfSteps(from, to, grain, '2026-03-11')).toEqual([from, end]);
  });
});

describe('tenseOf', () => {
  const now = Date.parse('2026-03-11T12:30:00Z');
  it.each<[Grain, string, string]>([
    ['day', '2026-03-10', 'past'],
    ['day', '2026-03-11', 'present'],
    ['day', '2026-03-12', 'future'],
    ['week', '2026-03-02', 'past'],
    ['week', '2026-03-09', 'present'],
    ['month', '2026-02-01', 'past'],
    ['month', '2026-03-01', 'present'],
    ['hour', '2026-03-11T11:00:00+00:00', 'past'],
    ['hour', '2026-03-11T12:00:00+00:00', 'present'],
    ['hour', '2026-03-11T13:00:00+00:00', 'future'],
  ])('the %s %s is %s', (grain, label, tense) => {
    expect(tenseOf(label, grain, now, '2026-03-11')).toBe(tense);
  });
});
