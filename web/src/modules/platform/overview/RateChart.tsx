import { useEffect, useRef } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '@/i18n/useFormat';
import { usePreferences } from '@/theme/preferences';
import type { Pulse } from './pulse';
import classes from './RateChart.module.css';

/** Requests a second over the last five minutes; failed ones in the colour of failure, and as a sentence. */
export default function RateChart({ pulse, now }: { pulse: Pulse; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { scheme } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef({ pulse, now });
  useEffect(() => {
    latest.current = { pulse, now };
  });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const plot = new uPlot(optionsFor(element, { requests: t('overview.rate'), failed: t('status.failed') }), dataOf(latest.current.pulse, latest.current.now), element);
    chart.current = plot;
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 120 }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [scheme, t]);
  useEffect(() => chart.current?.setData(dataOf(pulse, now)), [pulse, now]);

  const minute = pulse.sum(60, now);
  return (
    <figure className={classes.figure}>
      <div ref={box} aria-hidden />
      <figcaption className="dim">{t('overview.chart', { requests: format.number(minute.requests), failed: format.number(minute.failed) })}</figcaption>
    </figure>
  );
}

function dataOf(pulse: Pulse, now: number): uPlot.AlignedData {
  const { times, requests, failed } = pulse.series(now);
  return [times, requests, failed];
}

function optionsFor(element: HTMLElement, names: { requests: string; failed: string }): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = { stroke: token('--sy-dim'), grid: { stroke: token('--sy-border'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
  return {
    width: element.clientWidth,
    height: 120,
    cursor: { y: false },
    legend: { show: false },
    padding: [8, 0, 0, 0],
    scales: { y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] } },
    axes: [{ ...axis, size: 24, values: (_, ticks) => ticks.map((tick) => new Date(tick * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })) }, { ...axis, size: 36 }],
    series: [{}, { label: names.requests, stroke: token('--sy-accent'), fill: token('--sy-accent-soft'), width: 1.5, points: { show: false } }, { label: names.failed, stroke: token('--sy-bad'), width: 1.5, points: { show: false } }],
  };
}
