import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The URL points to an address that webhooks must not reach. */
export class AddressRefused extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'AddressRefused';
  }
}

type Resolve = (
  hostname: string,
  options: { all: true; family?: number | 'IPv4' | 'IPv6'; hints?: number },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A public address that is internal to a cloud: Azure's platform service, which serves data meant for its machines. */
const INSIDE_OF_CLOUDS = new Set(['168.63.129.16']);

/**
 * Restricts webhook targets. A user-supplied URL must not let this process reach its own network: it connects only to
 * public addresses and to hosts listed in the configuration.
 */
export class WebhookAddresses {
  private readonly allowed: ReadonlySet<string>;

  /** @param allowed internal hosts, as `host` or `host:port` */
  constructor(
    allowed: readonly string[],
    private readonly resolve: Resolve = systemLookup,
  ) {
    this.allowed = new Set(allowed.map((each) => each.toLowerCase()));
  }

  /** Checks a URL without resolving its name. @throws AddressRefused */
  check(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw new AddressRefused('it must be an http or https URL');
    if (url.username || url.password) {
      throw new AddressRefused('it must hold no user and password: authorization is a field of its own');
    }
    // An IP literal needs no name lookup, so the lookup below would not check it.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (!this.isAllowed(url) && ipaddr.isValid(literal) && !isPublic(literal)) throw leadsInside();
    return url;
  }

  /**
   * Resolves the name for one connection to `url`. The connection uses exactly the checked addresses, so a name that
   * resolves differently the next time gains nothing.
   */
  lookupFor(url: URL): LookupFunction {
    const isAllowed = this.isAllowed(url);
    return (hostname, options, done) => {
      const { family, hints } = options;
      this.resolve(hostname, { all: true, family, hints }, (error, addresses) => {
        if (error) return done(error, '');
        const first = addresses[0];
        if (!first) return done(new AddressRefused('its name has no address'), '');
        if (!isAllowed && !addresses.every(({ address }) => isPublic(address))) return done(leadsInside(), '');
        if (options.all) return done(null, addresses);
        return done(null, first.address, first.family);
      });
    };
  }

  private isAllowed(url: URL): boolean {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return this.allowed.has(url.hostname) || this.allowed.has(`${url.hostname}:${port}`);
  }
}

/** The globally routable part of IPv6; outside of it, there are several ways to embed IPv4 addresses. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Excludes addresses of this machine, of its network, and those with a special meaning. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4-mapped IPv6 address is judged as the IPv4 address.
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false;
  return parsed.range() === 'unicast' && !INSIDE_OF_CLOUDS.has(parsed.toString());
}

function leadsInside(): AddressRefused {
  return new AddressRefused('it leads to an address that is not public; ALERT_WEBHOOK_ALLOW lists exceptions');
}
