import { currentTraceparent } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import type { Publication } from '@aitbc/modulith/outbox/publication.js';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { CancelBooking, CompleteBooking } from '../contract/index.js';
import { DAY, HOUR, HOURS } from '../testing/marketplace-data.js';
import { client, MarketplaceScenario } from '../testing/marketplace-scenario.js';

const BOOKING_TRACE = 'b'.repeat(32);
const OTHER_TRACE = 'a'.repeat(32);

function inTrace<T>(traceId: string, run: () => T): T {
  const span = { traceId, spanId: 'c'.repeat(16), traceFlags: TraceFlags.SAMPLED };
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), run);
}

describeEachDatabase('the trace of a booking', (url) => {
  let market: MarketplaceScenario;
  const published: Publication[] = [];
  beforeAll(async () => {
    market = await MarketplaceScenario.start(url());
    const { runtime } = market.app;
    const committed = runtime.committed.bind(runtime);
    runtime.committed = (module, publications, addressed, scope) => {
      published.push(...publications);
      committed(module, publications, addressed, scope);
    };
  });
  afterAll(() => market?.app.close());

  const tracesOf = (bookingId: string) =>
    published
      .filter(({ key }) => key === bookingId)
      .map(({ name, metadata }) => [name.split('.')[1], metadata.traceparent?.split('-')[1]]);

  it('goes on through everything that later requests and the sweep cause', async () => {
    expect(inTrace(BOOKING_TRACE, currentTraceparent)).toContain(BOOKING_TRACE);
    const booking = await inTrace(BOOKING_TRACE, () => market.requested());
    await inTrace(OTHER_TRACE, () => market.lock(booking));
    await market.pass(HOURS * HOUR);
    await market.pass(7 * DAY);

    expect(tracesOf(booking.id)).toEqual([
      ['BookingChanged', BOOKING_TRACE],
      ['BookingRequested', BOOKING_TRACE],
      ['BookingChanged', BOOKING_TRACE],
      ['BookingFunded', BOOKING_TRACE],
      ['BookingChanged', BOOKING_TRACE],
      ['BookingEnded', BOOKING_TRACE],
      ['BookingChanged', BOOKING_TRACE],
      ['SettlementDue', BOOKING_TRACE],
    ]);
  });

  it.each([CancelBooking, CompleteBooking])('goes on through %o', async (act) => {
    const booking = await inTrace(BOOKING_TRACE, () => market.funded());
    await inTrace(OTHER_TRACE, () => market.app.execute(act.of({ bookingId: booking.id }), { as: client }));
    await inTrace(OTHER_TRACE, () => market.close(booking.id));
    expect(
      tracesOf(booking.id)
        .filter(([name]) => name !== 'BookingChanged')
        .slice(-2),
    ).toEqual([
      ['BookingEnded', BOOKING_TRACE],
      ['SettlementDue', BOOKING_TRACE],
    ]);
  });
});
