export {
  AppConfig,
  InvalidConfig,
  type ModuleName,
  MODULES,
  type RateLimits,
  readDatabaseUrl,
} from './config/config.js';
export { Audited } from './audit/audited.js';
export { Cache, type CacheArea } from './cache/cache.js';
export { CachingModule } from './cache/caching.module.js';
export { fewAtOnce } from './concurrency/few-at-once.js';
export { Address, ADDRESS_FORM, type AddressOptions, parseAddress } from './money/address.js';
export { PasswordStrength } from './passwords/password-strength.js';
export { IsSoundPassword, MAX_PASSWORD, MIN_PASSWORD } from './passwords/sound-password.js';
export { PlatformModule } from './platform.module.js';
export { byStatus, StatusCounts } from './database/status-counts.js';
export { amountColumn, bytesType, countColumn, instant, jsonColumn, padAmount } from './database/columns.js';
export { contextOf } from './flags/caller-context.js';
export { canaryKey, declaredFlags } from './flags/declared-flags.js';
export { evaluateFlag, FLAG_CAUSES, type FlagCause, type FlagOutcome } from './flags/evaluate-flag.js';
export {
  type Flag,
  FLAG_KINDS,
  FLAG_OPERATORS,
  type FlagCondition,
  type FlagKind,
  type FlagOperator,
  type FlagPrerequisite,
  type FlagRule,
  type Scalar,
} from './flags/flag.js';
export { FlagProvider } from './flags/flag-provider.js';
export { type FlagClient, FLAGS } from './flags/flag-client.js';
export { FlagsModule } from './flags/flags.module.js';
export { type LimitName, limitKey, limitNames, limits } from './limits/declared-limits.js';
export { Limits } from './limits/limits.js';
export { RateWindows, RateWindowsModule } from './limits/rate-windows.js';
export { RequestWindows, type Usage, WINDOW_MS } from './limits/request-windows.js';
export { SharedWindows } from './limits/shared-windows.js';
export { rateLimitHeaders, type Standing } from './limits/standing.js';
export { AIT, Amount, type AmountOptions, formatAmount, parseAmount } from './money/amount.js';
export { packText, unpackText } from './text/long-text.js';
export { Clock, FixedClock } from './time/clock.js';
export { deleteBefore } from './database/delete-before.js';
export { configureHttp, type HttpOptions } from './http/configure-http.js';
export { type Asked, Cursors } from './http/cursor.js';
export { withDecimalAmounts } from './http/edge-json.js';
export { createHttpAdapter, type HttpAdapterOptions, MEBIBYTE } from './http/http-adapter.js';
export { ApiIfMatch, etagOf, IfMatch } from './http/if-match.js';
export { buildOpenApi, type OpenApiOptions } from './http/openapi.js';
export { currentAsker, requestName } from './concurrency/asker.js';
export { FairQueue, Turned } from './concurrency/fair-queue.js';
export { PasswordWork } from './concurrency/password-work.js';
export { networkOf } from './http/network-of.js';
export {
  type BodyLimits,
  BodyTooComplex,
  DEFAULT_JSON_LIMITS,
  type JsonLimits,
  MalformedJson,
  parseJson,
} from './http/json-body.js';
export { type HandlerOf, type Operation, operationsOf } from './http/openapi-operations.js';
export { CreatedAt } from './http/created-at.js';
export { ApiPage, DEFAULT_PAGE_LIMIT, IsCursor, Page, PageQuery } from './http/page.js';
export { ParseUuid } from './http/parse-uuid.js';
export { ParseWholeNumber } from './http/parse-whole-number.js';
export {
  CODE_OF_STATUS,
  Problem,
  PROBLEM_MEDIA_TYPE,
  problemOf,
  retryAfterSeconds,
  STATUS_OF_KIND,
  titleOf,
} from './http/problem.js';
export { ProblemFilter } from './http/problem-filter.js';
export { routesOf, routeTemplate, type RouteTemplate } from './http/routes.js';
export { type Mail, type MailOutcome, sendMail } from './mail/send-mail.js';
export { resealColumn, type Resealed, type SealedColumn } from './secrets/reseal-column.js';
export { SealingKeys } from './secrets/sealing-keys.js';
export { PinoLogger } from './logging/pino-logger.js';
export { MetricAnswers } from './probes/metric-answers.js';
export { ProbesModule } from './probes/probes.module.js';
export { type CheckResult, Readiness } from './probes/readiness.js';
export { exportGauge, type GaugeSample, replaceMetric } from './telemetry/export-gauge.js';
export {
  COMBINE,
  type Combination,
  type LabelTest,
  type MetricReading,
  readMetrics,
  type ReadSum,
} from './telemetry/metric-reading.js';
export { type HttpTelemetryOptions, observeHttp } from './telemetry/http-telemetry.js';
export type { KeptSpans } from './telemetry/kept-spans.js';
export { TraceAnswers } from './telemetry/trace-answers.js';
export { RecentTraces } from './telemetry/recent-traces.js';
export { byStart, type RecordedSpan } from './telemetry/recorded-span.js';
export { SparingRead } from './telemetry/sparing-read.js';
export { noTracing, startTracing, type Tracing, type TracingOptions } from './telemetry/tracing.js';
export { Base64Url } from './validation/base64url.js';
export { Email, EmailList, isNormalEmail, MAX_EMAIL_LENGTH, normalEmail } from './validation/email.js';
export { Field, type FieldKind, listOf, type ListOptions } from './validation/field.js';
export { Id, IdList } from './validation/id.js';
export { Moment, parseMoment } from './validation/moment.js';
export { Nested, NestedList } from './validation/nested.js';
export { InsteadOf, NullableField, OptionalField } from './validation/optional-field.js';
export { normalPassword } from './validation/password.js';
export { isStorable, lengthUpTo, Text, TextList, type TextOptions } from './validation/text.js';
export { MAX_INTEGER, Switch, WholeNumber, WholeNumberList } from './validation/whole-number.js';
