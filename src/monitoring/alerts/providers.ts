import { AcknowledgeAlertHandler } from './acknowledge-alert.js';
import { AlertViews } from './alert-views.js';
import { ChannelAccess } from './channel-access.js';
import { DeleteAlertChannelHandler } from './delete-alert-channel.js';
import { DeleteAlertRuleHandler } from './delete-alert-rule.js';
import { DeliverNotifications } from './deliver-notifications.js';
import { EndSilenceHandler } from './end-silence.js';
import { EvaluateRules } from './evaluate-rules.js';
import { KeepAlerts } from './keep-alerts.js';
import { ListAlertChannelsHandler } from './list-alert-channels.js';
import { GetAlertRuleHandler, ListAlertRulesHandler } from './list-alert-rules.js';
import { GetAlertHandler, ListAlertsHandler } from './list-alerts.js';
import { ListSilencesHandler } from './list-silences.js';
import { Notices } from './notices.js';
import { Senders } from './senders.js';
import { SetAlertChannelHandler } from './set-alert-channel.js';
import { SetAlertRuleHandler } from './set-alert-rule.js';
import { SilenceAlertsHandler } from './silence-alerts.js';
import { TestAlertChannelHandler } from './test-alert-channel.js';

/** The module's providers for alerts. */
export const alerts = [
  SetAlertRuleHandler,
  DeleteAlertRuleHandler,
  ListAlertRulesHandler,
  GetAlertRuleHandler,
  ListAlertsHandler,
  GetAlertHandler,
  AcknowledgeAlertHandler,
  SilenceAlertsHandler,
  EndSilenceHandler,
  ListSilencesHandler,
  SetAlertChannelHandler,
  DeleteAlertChannelHandler,
  TestAlertChannelHandler,
  ListAlertChannelsHandler,
  AlertViews,
  ChannelAccess,
  Senders,
  Notices,
  EvaluateRules,
  DeliverNotifications,
  KeepAlerts,
];
