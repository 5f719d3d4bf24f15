import { HandAgent } from '../support/hand-agent.js';
import { enter, fund, type Offer, offerGpu, type Person } from '../support/people.js';
import type { CarefulApi } from './careful-api.js';

/** Cheap enough that nobody runs out of money, however long the run. */
const PRICE_PER_HOUR = '0.0001';

/** A client with an offer that nobody else books, an agent that works for it, and an offer that others want too. */
export interface Customer {
  readonly person: Person;
  readonly offer: Offer;
  readonly agent: HandAgent;
  readonly contested: Offer;
}

/** Everybody who takes part in a run. */
export interface Crowd {
  readonly provider: Person;
  readonly customers: readonly Customer[];
  /** Has a wallet with nothing in it. */
  readonly poor: Person;
  /** Two who send each other most of what they own, and do nothing else with it. */
  readonly spenders: readonly [Person, Person];
}

/** Opens accounts and wallets, fills them, lists offers and registers agents. */
export async function gather(api: CarefulApi, size: number): Promise<Crowd> {
  const [provider, poor] = await Promise.all([enter(api, 'provider'), enter(api, 'poor')]);
  const contested: Offer[] = [];
  for (let pair = 0; pair < size / 2; pair++) contested.push(await offerGpu(provider, PRICE_PER_HOUR));
  const customers: Customer[] = [];
  for (let number = 0; number < size; number++) {
    const person = await enter(api, `client-${number}`);
    const offer = await offerGpu(provider, PRICE_PER_HOUR);
    const agent = await HandAgent.register(provider, [offer.id]);
    customers.push({ person, offer, agent, contested: contested[Math.floor(number / 2)]! });
  }
  const spenders = [await enter(api, 'spender-0'), await enter(api, 'spender-1')] as const;
  await Promise.all([...customers.map(({ person }) => person), spenders[0]].map(fund));
  return { provider, customers, poor, spenders };
}

/** The same people with fresh access tokens: those live for a quarter of an hour. */
export async function signInAgain(api: CarefulApi, crowd: Crowd): Promise<Crowd> {
  const again = async (person: Person): Promise<Person> => {
    const { email, password } = person;
    const session = (await api.post('/v1/auth/login', { email, password })).as<{ accessToken: string }>(200);
    return { ...person, api: api.as(session.accessToken) };
  };
  return {
    provider: await again(crowd.provider),
    poor: await again(crowd.poor),
    spenders: [await again(crowd.spenders[0]), await again(crowd.spenders[1])],
    customers: await Promise.all(
      crowd.customers.map(async (customer) => ({ ...customer, person: await again(customer.person) })),
    ),
  };
}
