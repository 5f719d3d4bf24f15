/** Written from the code by `npm run docs:openapi`: what each operation can be refused with. Never edited by hand. */
export const problems: Readonly<Record<string, { readonly status: number; readonly detail: string }>> = {
  "agents.agent_not_found": {
    "status": 404,
    "detail": "There is no such agent."
  },
  "agents.attempt_not_held": {
    "status": 409,
    "detail": "The job is … and this agent does not hold this attempt at it any more."
  },
  "agents.booking_not_open": {
    "status": 409,
    "detail": "A booking that is … takes no jobs."
  },
  "agents.job_already_finished": {
    "status": 409,
    "detail": "A job that is … cannot be cancelled."
  },
  "agents.job_not_finished": {
    "status": 409,
    "detail": "The job is …; it has no result yet."
  },
  "agents.job_not_found": {
    "status": 404,
    "detail": "There is no such job."
  },
  "agents.job_not_held": {
    "status": 409,
    "detail": "A job that is … is held by no agent."
  },
  "agents.key_already_set": {
    "status": 409,
    "detail": "The agent has another key already; its owner can replace it."
  },
  "agents.key_missing": {
    "status": 409,
    "detail": "The agent must set its key before it takes jobs."
  },
  "agents.no_result": {
    "status": 410,
    "detail": "The job ended …, without a result."
  },
  "agents.offer_not_owned": {
    "status": 403,
    "detail": "The offer belongs to somebody else."
  },
  "agents.only_client_may_submit": {
    "status": 403,
    "detail": "Only the client of a booking may submit jobs for it."
  },
  "agents.party_cannot_change_job": {
    "status": 403,
    "detail": "An operator who is client or provider of the booking cannot act on its jobs as an operator."
  },
  "agents.receipt_not_ready": {
    "status": 503,
    "detail": "The platform has not countersigned the receipt yet."
  },
  "agents.receipt_refused": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_forbidden_feature": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_forbidden_import": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_malformed": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_memory_exceeded": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_no_entry": {
    "status": 422,
    "detail": ""
  },
  "agents.wasm_too_large": {
    "status": 413,
    "detail": ""
  },
  "agents.weak_key": {
    "status": 422,
    "detail": "publicKey is not a sound Ed25519 public key."
  },
  "blockchain.block_not_found": {
    "status": 404,
    "detail": "There is no such block."
  },
  "blockchain.busy": {
    "status": 503,
    "detail": "Too many reads of the chain wait already; try again."
  },
  "blockchain.execution_failed": {
    "status": 422,
    "detail": ""
  },
  "blockchain.execution_reverted": {
    "status": 422,
    "detail": ""
  },
  "blockchain.execution_timed_out": {
    "status": 503,
    "detail": "The execution takes too long; try again."
  },
  "blockchain.insufficient_funds": {
    "status": 422,
    "detail": ""
  },
  "blockchain.not_ready": {
    "status": 503,
    "detail": "The chain is not open yet; try again."
  },
  "blockchain.transaction_not_found": {
    "status": 404,
    "detail": "Neither the chain nor the pool knows this transaction."
  },
  "body_too_complex": {
    "status": 413,
    "detail": "A body of this operation may be nested … deep and hold … values."
  },
  "concurrency_conflict": {
    "status": 409,
    "detail": "\"…\" kept meeting concurrent changes; try again."
  },
  "dead_letter_not_found": {
    "status": 404,
    "detail": "There is no such dead letter."
  },
  "deadline_exceeded": {
    "status": 503,
    "detail": "\"…\" was not finished before its deadline."
  },
  "forbidden": {
    "status": 403,
    "detail": "The caller may not do this."
  },
  "gateway.account_in_use": {
    "status": 409,
    "detail": "Bookings are open or wallets hold a balance: end and empty them first, or delete with `force`."
  },
  "gateway.account_locked": {
    "status": 403,
    "detail": "The account has been locked by an operator."
  },
  "gateway.api_key_not_found": {
    "status": 404,
    "detail": "There is no such API key."
  },
  "gateway.email_taken": {
    "status": 409,
    "detail": "An account with this email exists already."
  },
  "gateway.email_verified_already": {
    "status": 409,
    "detail": "The email of this account is verified."
  },
  "gateway.idempotency_key_reused": {
    "status": 422,
    "detail": "This Idempotency-Key was sent before with another body."
  },
  "gateway.invalid_token": {
    "status": 401,
    "detail": "The token is not valid."
  },
  "gateway.last_administrator": {
    "status": 409,
    "detail": "Nobody else is an administrator who could undo it. Make somebody one first."
  },
  "gateway.mail_not_configured": {
    "status": 409,
    "detail": "This server sends no mail; ask its operator to set SMTP_URL."
  },
  "gateway.mailed_code_invalid": {
    "status": 410,
    "detail": "The code from the mail is wrong, has been used or has expired. Ask for another one."
  },
  "gateway.maintenance": {
    "status": 503,
    "detail": "The platform is being maintained: reading goes on, changes have to wait."
  },
  "gateway.only_administrator_may": {
    "status": 403,
    "detail": "Only an administrator may do this to an operator or administrator."
  },
  "gateway.own_account": {
    "status": 403,
    "detail": "Nobody changes their own roles or locks themselves; ask somebody else to."
  },
  "gateway.passkey_challenge_invalid": {
    "status": 410,
    "detail": "The challenge is not one of this server, has been used or has expired. Ask for another one."
  },
  "gateway.passkey_exists": {
    "status": 409,
    "detail": "This passkey has been added to an account already."
  },
  "gateway.passkey_needed": {
    "status": 403,
    "detail": "This account has passkeys: sign in with one to change how the account is protected."
  },
  "gateway.passkey_not_accepted": {
    "status": 401,
    "detail": "The passkey is not known here, or its answer is not right."
  },
  "gateway.passkey_not_found": {
    "status": 404,
    "detail": "There is no such passkey."
  },
  "gateway.passkey_refused": {
    "status": 422,
    "detail": "The passkey was not made for this site, without verifying its user, or in a form that is not taken here."
  },
  "gateway.passkeys_unavailable": {
    "status": 409,
    "detail": "Browsers keep passkeys for https and a host name only; ask the operator of this server to set PUBLIC_URL."
  },
  "gateway.rate_limited": {
    "status": 429,
    "detail": "Too many requests; wait before sending the next."
  },
  "gateway.refresh_token_reused": {
    "status": 401,
    "detail": "The refresh token was used before; its session has been ended for safety. Sign in again."
  },
  "gateway.registration_closed": {
    "status": 403,
    "detail": "No accounts can be opened at the moment."
  },
  "gateway.second_factor_exists": {
    "status": 409,
    "detail": "This account has a second factor; remove it before setting up another."
  },
  "gateway.second_factor_not_set_up": {
    "status": 409,
    "detail": "No second factor has been set up."
  },
  "gateway.second_factor_required": {
    "status": 401,
    "detail": "This account needs a code of its authenticator app, or a recovery code: send it as `code`."
  },
  "gateway.session_not_found": {
    "status": 404,
    "detail": "There is no such open session."
  },
  "gateway.token_expired": {
    "status": 401,
    "detail": "The token has expired."
  },
  "gateway.token_withdrawn": {
    "status": 401,
    "detail": "The token has been withdrawn. Refresh it, or sign in again."
  },
  "gateway.too_many_attempts": {
    "status": 429,
    "detail": "Too many sign-ins failed for this account; wait before trying again."
  },
  "gateway.user_not_found": {
    "status": 404,
    "detail": "There is no such user."
  },
  "gateway.wrong_code": {
    "status": 403,
    "detail": "The code is wrong, too old, or has been used."
  },
  "gateway.wrong_credentials": {
    "status": 401,
    "detail": "The email or the password is wrong."
  },
  "gateway.wrong_password": {
    "status": 403,
    "detail": "The password is wrong."
  },
  "internal_error": {
    "status": 500,
    "detail": "Something went wrong on our side."
  },
  "limit_reached": {
    "status": 409,
    "detail": "The limit … is …. …"
  },
  "malformed_json": {
    "status": 400,
    "detail": "The body is not well-formed JSON."
  },
  "marketplace.address_not_proved": {
    "status": 422,
    "detail": ""
  },
  "marketplace.agents_away": {
    "status": 409,
    "detail": "No agent of the offer is online. To book it all the same, set withoutAgent."
  },
  "marketplace.booking_action_not_possible": {
    "status": 409,
    "detail": "It is not possible to … a booking that is …."
  },
  "marketplace.booking_not_found": {
    "status": 404,
    "detail": "There is no such booking."
  },
  "marketplace.decision_exceeds_total": {
    "status": 422,
    "detail": "providerGross is more than the booking locked."
  },
  "marketplace.offer_changed": {
    "status": 412,
    "detail": "The offer has been changed meanwhile; read it again."
  },
  "marketplace.offer_not_cancellable": {
    "status": 409,
    "detail": "An offer that is … cannot be cancelled."
  },
  "marketplace.offer_not_changeable": {
    "status": 409,
    "detail": "An offer that is … cannot be changed."
  },
  "marketplace.offer_not_found": {
    "status": 404,
    "detail": "There is no such offer."
  },
  "marketplace.offer_price_changed": {
    "status": 409,
    "detail": "The price of the offer is … AIT per hour now."
  },
  "marketplace.offer_unavailable": {
    "status": 409,
    "detail": "The offer is not available."
  },
  "marketplace.only_client_may": {
    "status": 403,
    "detail": "Only the client of a booking may … it."
  },
  "marketplace.only_provider_may": {
    "status": 403,
    "detail": "Only the provider of a booking may … it."
  },
  "marketplace.own_offer": {
    "status": 403,
    "detail": "A provider cannot book an offer of its own."
  },
  "marketplace.party_cannot_decide": {
    "status": 403,
    "detail": "An operator who is client or provider of a booking cannot act on it as an operator."
  },
  "message_too_large": {
    "status": 413,
    "detail": "\"…\" is too large to be sent."
  },
  "module_unavailable": {
    "status": 503,
    "detail": "No running process hosts the module \"…\"."
  },
  "monitoring.alert_channel_in_use": {
    "status": 409,
    "detail": "Alert rules name the channel: …."
  },
  "monitoring.alert_channel_is_off": {
    "status": 409,
    "detail": "The alert channel is not enabled."
  },
  "monitoring.alert_channel_not_found": {
    "status": 404,
    "detail": "There is no such alert channel."
  },
  "monitoring.alert_channel_url_refused": {
    "status": 422,
    "detail": "url: …"
  },
  "monitoring.alert_is_over": {
    "status": 409,
    "detail": "The alert is over; there is nothing to acknowledge."
  },
  "monitoring.alert_not_found": {
    "status": 404,
    "detail": "There is no such alert, or it is no longer kept."
  },
  "monitoring.alert_rule_is_shipped": {
    "status": 409,
    "detail": "A rule that comes with the system is switched off, not deleted."
  },
  "monitoring.alert_rule_not_found": {
    "status": 404,
    "detail": "There is no such alert rule."
  },
  "monitoring.breaker_needed": {
    "status": 422,
    "detail": "Without \"…\" nobody could close the breaker again."
  },
  "monitoring.flag_archived": {
    "status": 409,
    "detail": "The flag is archived; create it again to use it."
  },
  "monitoring.flag_changed": {
    "status": 412,
    "detail": "The flag has been changed meanwhile; read it again."
  },
  "monitoring.flag_exists": {
    "status": 409,
    "detail": "There is a flag with this key already; change that one."
  },
  "monitoring.flag_needed": {
    "status": 409,
    "detail": "Other flags have this one as a prerequisite: …."
  },
  "monitoring.flag_not_found": {
    "status": 404,
    "detail": "There is no such flag."
  },
  "monitoring.flag_too_large": {
    "status": 413,
    "detail": "A flag takes at most … bytes as JSON."
  },
  "monitoring.module_unknown": {
    "status": 404,
    "detail": "There is no such module."
  },
  "monitoring.no_breaker": {
    "status": 422,
    "detail": "No process calls \"…\" over Redis, so there is no breaker."
  },
  "monitoring.no_stream_free": {
    "status": 503,
    "detail": "No more streams can be opened here now."
  },
  "monitoring.series_unknown": {
    "status": 404,
    "detail": "There is no such series."
  },
  "monitoring.silence_is_past": {
    "status": 422,
    "detail": "The silence would be over already."
  },
  "monitoring.silence_matches_all": {
    "status": 422,
    "detail": "A silence names a rule or a severity."
  },
  "monitoring.silence_not_found": {
    "status": 404,
    "detail": "There is no such silence, or it is over."
  },
  "monitoring.smtp_not_configured": {
    "status": 422,
    "detail": "kind: e-mail needs SMTP_URL in the configuration of the process that hosts monitoring."
  },
  "monitoring.too_many_alert_channels": {
    "status": 422,
    "detail": "There are … alert channels already; delete one first."
  },
  "monitoring.too_many_alert_rules": {
    "status": 422,
    "detail": "There are … alert rules already; delete one first."
  },
  "monitoring.too_many_flags": {
    "status": 409,
    "detail": "There are … flags at most, of … bytes together: archive some."
  },
  "monitoring.too_many_silences": {
    "status": 422,
    "detail": "There are … silences already; end one first."
  },
  "monitoring.too_many_streams": {
    "status": 429,
    "detail": "Too many streams are open: the limit … is …. Close one first."
  },
  "monitoring.trace_not_found": {
    "status": 404,
    "detail": "There is no such trace, or it is no longer kept."
  },
  "monitoring.unknown_channel": {
    "status": 422,
    "detail": "…: there is no alert channel \"…\"."
  },
  "monitoring.unknown_rule": {
    "status": 422,
    "detail": "rule: there is no alert rule \"…\"."
  },
  "monitoring.unknown_series": {
    "status": 422,
    "detail": "…: there is no series \"…\"."
  },
  "outcome_unknown": {
    "status": 503,
    "detail": "\"…\" did not answer in time; it may have been executed."
  },
  "overloaded": {
    "status": 503,
    "detail": "The module \"…\" has too much work in flight; try again."
  },
  "precondition_required": {
    "status": 428,
    "detail": "Say with If-Match which version is to be changed."
  },
  "process_silent": {
    "status": 503,
    "detail": "The process … did not answer in time; it may still be doing what it was asked."
  },
  "too_many_at_once": {
    "status": 429,
    "detail": "Too much of this waits already; wait before asking for more."
  },
  "unauthenticated": {
    "status": 401,
    "detail": "This needs a signed-in caller."
  },
  "unavailable": {
    "status": 503,
    "detail": "The module \"…\" lacks something that it needs for the moment; try again."
  },
  "unsupported_version": {
    "status": 503,
    "detail": "Version … of \"…\" is not known where it arrived; try again."
  },
  "validation_failed": {
    "status": 400,
    "detail": ""
  },
  "wallet.escrow_not_ready": {
    "status": 503,
    "detail": "The escrow contract is being deployed; try again shortly."
  },
  "wallet.exists": {
    "status": 409,
    "detail": "You have a wallet with this address already."
  },
  "wallet.faucet_closed": {
    "status": 403,
    "detail": "The faucet is closed."
  },
  "wallet.faucet_exhausted": {
    "status": 429,
    "detail": "The faucet has given you enough for now."
  },
  "wallet.insufficient_funds": {
    "status": 422,
    "detail": "This needs up to … AIT, fees included; … AIT are available."
  },
  "wallet.invalid_mnemonic": {
    "status": 422,
    "detail": "The mnemonic is not valid BIP-39 English."
  },
  "wallet.locked": {
    "status": 409,
    "detail": "The wallet is locked; unlock it first."
  },
  "wallet.not_found": {
    "status": 404,
    "detail": "There is no such wallet."
  },
  "wallet.too_many_attempts": {
    "status": 429,
    "detail": "Too many wrong passwords; wait before the next try."
  },
  "wallet.wrong_password": {
    "status": 403,
    "detail": "The password of the wallet is wrong."
  }
};

/** By the methods of controllers, and of what stands before them. */
export const codesOf: Readonly<Record<string, readonly string[]>> = {
  "AccountExportController.exportAccount": ["deadline_exceeded","forbidden","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "AddressChallengesController.requestAddressChallenge": ["concurrency_conflict","deadline_exceeded","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","wallet.escrow_not_ready"],
  "AdminBookingsController.decideDispute": ["concurrency_conflict","deadline_exceeded","forbidden","marketplace.booking_action_not_possible","marketplace.booking_not_found","marketplace.decision_exceeds_total","marketplace.party_cannot_decide","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminBookingsController.disputeForClient": ["concurrency_conflict","deadline_exceeded","forbidden","marketplace.booking_action_not_possible","marketplace.booking_not_found","marketplace.party_cannot_decide","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminBookingsController.getAnyBooking": ["deadline_exceeded","marketplace.booking_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.escrow_not_ready"],
  "AdminBookingsController.listAllBookings": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminBookingsController.listEscrows": ["deadline_exceeded","forbidden","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminController.getOverview": ["deadline_exceeded","internal_error","module_unavailable","overloaded","process_silent","unavailable","unsupported_version"],
  "AdminController.getTrace": ["deadline_exceeded","internal_error","module_unavailable","monitoring.trace_not_found","overloaded","process_silent","unavailable","unsupported_version"],
  "AdminController.listModules": ["deadline_exceeded","internal_error","module_unavailable","overloaded","process_silent","unavailable","unsupported_version"],
  "AdminController.listTraces": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "AdminController.setCanaryShare": ["concurrency_conflict","deadline_exceeded","internal_error","message_too_large","module_unavailable","monitoring.module_unknown","outcome_unknown","overloaded","process_silent","unavailable","unsupported_version"],
  "AdminJobsController.cancelJobAsOperator": ["agents.job_already_finished","agents.job_not_found","agents.party_cannot_change_job","concurrency_conflict","deadline_exceeded","forbidden","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminJobsController.getAnyAgent": ["agents.agent_not_found","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminJobsController.getAnyJob": ["agents.job_not_found","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminJobsController.listAllAgents": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminJobsController.listAllJobs": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AdminJobsController.requeueJob": ["agents.job_not_found","agents.job_not_held","agents.party_cannot_change_job","concurrency_conflict","deadline_exceeded","forbidden","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.getAgent": ["agents.agent_not_found","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.getOwnAgent": ["agents.agent_not_found","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version"],
  "AgentsController.listAgents": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.registerAgent": ["agents.offer_not_owned","concurrency_conflict","deadline_exceeded","forbidden","limit_reached","marketplace.offer_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "AgentsController.rekeyAgent": ["agents.agent_not_found","concurrency_conflict","deadline_exceeded","forbidden","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.renameAgent": ["agents.agent_not_found","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.retireAgent": ["agents.agent_not_found","concurrency_conflict","deadline_exceeded","forbidden","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.sendHeartbeat": ["agents.agent_not_found","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AgentsController.setAgentKey": ["agents.agent_not_found","agents.key_already_set","agents.weak_key","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AlertChannelsController.deleteAlertChannel": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.alert_channel_in_use","monitoring.alert_channel_not_found","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "AlertChannelsController.listAlertChannels": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "AlertChannelsController.setAlertChannel": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.alert_channel_url_refused","monitoring.smtp_not_configured","monitoring.too_many_alert_channels","outcome_unknown","overloaded","unavailable","unsupported_version","validation_failed"],
  "AlertChannelsController.testAlertChannel": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.alert_channel_is_off","monitoring.alert_channel_not_found","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "AlertsController.acknowledgeAlert": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.alert_is_over","monitoring.alert_not_found","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AlertsController.deleteAlertRule": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.alert_rule_is_shipped","monitoring.alert_rule_not_found","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "AlertsController.endSilence": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.silence_not_found","outcome_unknown","overloaded","unavailable","unsupported_version","validation_failed"],
  "AlertsController.getAlert": ["deadline_exceeded","module_unavailable","monitoring.alert_not_found","overloaded","unavailable","unsupported_version","validation_failed"],
  "AlertsController.getAlertRule": ["deadline_exceeded","module_unavailable","monitoring.alert_rule_not_found","overloaded","unavailable","unsupported_version"],
  "AlertsController.listAlertRules": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "AlertsController.listAlerts": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "AlertsController.listSilences": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "AlertsController.setAlertRule": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.too_many_alert_rules","monitoring.unknown_channel","monitoring.unknown_series","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "AlertsController.silenceAlerts": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.silence_is_past","monitoring.silence_matches_all","monitoring.too_many_silences","monitoring.unknown_rule","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "ApiKeysController.createApiKey": ["concurrency_conflict","deadline_exceeded","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version"],
  "ApiKeysController.listApiKeys": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "ApiKeysController.revokeApiKey": ["concurrency_conflict","deadline_exceeded","gateway.api_key_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AttemptsController.submitFailure": ["agents.attempt_not_held","agents.job_not_found","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AttemptsController.submitResult": ["agents.attempt_not_held","agents.job_not_found","agents.receipt_refused","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AuditController.exportAuditLog": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "AuditController.getAuditHead": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "AuditController.listAuditRecords": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "AuthController.confirmRegistration": ["concurrency_conflict","deadline_exceeded","gateway.email_taken","gateway.mailed_code_invalid","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unavailable","unsupported_version"],
  "AuthController.endSession": ["concurrency_conflict","deadline_exceeded","gateway.session_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AuthController.getCurrentUser": ["deadline_exceeded","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version"],
  "AuthController.listSessions": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "AuthController.logIn": ["concurrency_conflict","deadline_exceeded","gateway.account_locked","gateway.second_factor_not_set_up","gateway.second_factor_required","gateway.too_many_attempts","gateway.wrong_code","gateway.wrong_credentials","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unavailable","unsupported_version"],
  "AuthController.logOut": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "AuthController.refreshSession": ["concurrency_conflict","deadline_exceeded","gateway.account_locked","gateway.invalid_token","gateway.refresh_token_reused","gateway.token_expired","message_too_large","module_unavailable","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "AuthController.registerUser": ["concurrency_conflict","deadline_exceeded","gateway.email_taken","gateway.registration_closed","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unavailable","unsupported_version","validation_failed"],
  "BookingsController.cancelBooking": ["concurrency_conflict","deadline_exceeded","marketplace.booking_action_not_possible","marketplace.booking_not_found","marketplace.only_client_may","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "BookingsController.completeBooking": ["concurrency_conflict","deadline_exceeded","marketplace.booking_action_not_possible","marketplace.booking_not_found","marketplace.only_client_may","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "BookingsController.disputeBooking": ["concurrency_conflict","deadline_exceeded","marketplace.booking_action_not_possible","marketplace.booking_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "BookingsController.getBooking": ["deadline_exceeded","marketplace.booking_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.escrow_not_ready"],
  "BookingsController.listBookings": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "BookingsController.refuseBooking": ["concurrency_conflict","deadline_exceeded","marketplace.booking_action_not_possible","marketplace.booking_not_found","marketplace.only_provider_may","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "ChainController.getBlock": ["blockchain.block_not_found","deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "ChainController.getChain": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "ChainController.getChainAccount": ["deadline_exceeded","forbidden","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "ChainController.getTransaction": ["blockchain.transaction_not_found","deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "ChainController.listBlocks": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "CredentialsController.changePassword": ["concurrency_conflict","deadline_exceeded","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "CredentialsController.deleteAccount": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.account_in_use","gateway.last_administrator","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "CredentialsController.requestEmailVerification": ["concurrency_conflict","deadline_exceeded","gateway.email_verified_already","gateway.mail_not_configured","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "CredentialsController.requestPasswordReset": ["concurrency_conflict","deadline_exceeded","gateway.mail_not_configured","message_too_large","module_unavailable","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "CredentialsController.resetPassword": ["concurrency_conflict","deadline_exceeded","gateway.mailed_code_invalid","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unavailable","unsupported_version","validation_failed"],
  "CredentialsController.verifyEmail": ["concurrency_conflict","deadline_exceeded","gateway.mailed_code_invalid","message_too_large","module_unavailable","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "DeadLettersController.discardDeadLetter": ["concurrency_conflict","dead_letter_not_found","deadline_exceeded","internal_error","message_too_large","module_unavailable","outcome_unknown","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "DeadLettersController.getDeadLetter": ["dead_letter_not_found","deadline_exceeded","internal_error","module_unavailable","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "DeadLettersController.listDeadLetters": ["deadline_exceeded","internal_error","module_unavailable","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "DeadLettersController.replayDeadLetter": ["concurrency_conflict","dead_letter_not_found","deadline_exceeded","internal_error","message_too_large","module_unavailable","outcome_unknown","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "DeadLettersController.replayDeadLetters": ["concurrency_conflict","dead_letter_not_found","deadline_exceeded","internal_error","message_too_large","module_unavailable","outcome_unknown","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "EventsController.streamEvents": ["deadline_exceeded","module_unavailable","monitoring.no_stream_free","monitoring.too_many_streams","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "EventsController.streamOperatorEvents": ["deadline_exceeded","module_unavailable","monitoring.no_stream_free","monitoring.too_many_streams","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "FlagsController.archiveFlag": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.flag_archived","monitoring.flag_changed","monitoring.flag_needed","monitoring.flag_not_found","outcome_unknown","overloaded","precondition_required","unavailable","unsupported_version","validation_failed"],
  "FlagsController.changeFlag": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.flag_archived","monitoring.flag_changed","monitoring.flag_not_found","monitoring.flag_too_large","monitoring.too_many_flags","outcome_unknown","overloaded","precondition_required","unavailable","unsupported_version","validation_failed"],
  "FlagsController.createFlag": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","monitoring.flag_exists","monitoring.flag_too_large","monitoring.too_many_flags","outcome_unknown","overloaded","unavailable","unsupported_version","validation_failed"],
  "FlagsController.evaluateFlag": ["deadline_exceeded","gateway.user_not_found","module_unavailable","monitoring.flag_not_found","overloaded","unavailable","unsupported_version"],
  "FlagsController.getFlag": ["deadline_exceeded","module_unavailable","monitoring.flag_not_found","overloaded","unavailable","unsupported_version"],
  "FlagsController.listFlags": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "Gatekeeper.admit": ["deadline_exceeded","forbidden","gateway.account_locked","gateway.invalid_token","gateway.maintenance","gateway.rate_limited","gateway.token_expired","gateway.token_withdrawn","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version"],
  "Gatekeeper.authenticate": ["deadline_exceeded","gateway.account_locked","gateway.invalid_token","gateway.rate_limited","gateway.token_expired","gateway.token_withdrawn","module_unavailable","overloaded","unavailable","unsupported_version"],
  "HomeController.showHome": [],
  "JobsController.cancelJob": ["agents.job_already_finished","agents.job_not_found","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "JobsController.getJob": ["agents.job_not_found","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "JobsController.getJobResult": ["agents.job_not_finished","agents.job_not_found","agents.no_result","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "JobsController.getReceipt": ["agents.job_not_finished","agents.job_not_found","agents.no_result","agents.receipt_not_ready","deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "JobsController.listJobs": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "JobsController.submitJob": ["agents.booking_not_open","agents.only_client_may_submit","agents.wasm_forbidden_feature","agents.wasm_forbidden_import","agents.wasm_malformed","agents.wasm_memory_exceeded","agents.wasm_no_entry","agents.wasm_too_large","concurrency_conflict","deadline_exceeded","limit_reached","marketplace.booking_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","wallet.escrow_not_ready"],
  "LimitsController.listLimits": [],
  "NextJobController.takeNextJob": ["agents.agent_not_found","agents.job_not_found","agents.key_missing","concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "OffersController.bookOffer": ["blockchain.busy","blockchain.execution_failed","blockchain.execution_reverted","blockchain.execution_timed_out","blockchain.insufficient_funds","blockchain.not_ready","concurrency_conflict","deadline_exceeded","forbidden","gateway.user_not_found","limit_reached","marketplace.address_not_proved","marketplace.agents_away","marketplace.booking_not_found","marketplace.offer_not_found","marketplace.offer_price_changed","marketplace.offer_unavailable","marketplace.own_offer","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.escrow_not_ready","wallet.insufficient_funds","wallet.locked","wallet.not_found"],
  "OffersController.cancelOffer": ["concurrency_conflict","deadline_exceeded","marketplace.offer_not_cancellable","marketplace.offer_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "OffersController.changeOffer": ["concurrency_conflict","deadline_exceeded","marketplace.offer_changed","marketplace.offer_not_cancellable","marketplace.offer_not_changeable","marketplace.offer_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","precondition_required","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "OffersController.createOffer": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.user_not_found","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "OffersController.getOffer": ["deadline_exceeded","marketplace.offer_not_found","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "OffersController.listOffers": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "PasskeysController.addPasskey": ["concurrency_conflict","deadline_exceeded","gateway.passkey_challenge_invalid","gateway.passkey_exists","gateway.passkey_refused","gateway.passkeys_unavailable","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "PasskeysController.beginPasskey": ["concurrency_conflict","deadline_exceeded","gateway.passkey_needed","gateway.passkeys_unavailable","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version"],
  "PasskeysController.beginPasskeyLogin": ["deadline_exceeded","gateway.passkeys_unavailable","module_unavailable","overloaded","unavailable","unsupported_version"],
  "PasskeysController.listPasskeys": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "PasskeysController.logInWithPasskey": ["concurrency_conflict","deadline_exceeded","gateway.account_locked","gateway.passkey_challenge_invalid","gateway.passkey_not_accepted","gateway.passkeys_unavailable","message_too_large","module_unavailable","outcome_unknown","overloaded","unavailable","unsupported_version"],
  "PasskeysController.removePasskey": ["concurrency_conflict","deadline_exceeded","gateway.passkey_needed","gateway.passkey_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "PasskeysController.renamePasskey": ["concurrency_conflict","deadline_exceeded","gateway.passkey_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "ProbesController.live": [],
  "ProbesController.metrics": ["unauthenticated"],
  "ProbesController.ready": [],
  "RequestContext.onModuleInit": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.account_locked","gateway.idempotency_key_reused","gateway.invalid_token","gateway.maintenance","gateway.rate_limited","gateway.token_expired","gateway.token_withdrawn","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "RequestContext.optionsFor": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.account_locked","gateway.idempotency_key_reused","gateway.invalid_token","gateway.maintenance","gateway.rate_limited","gateway.token_expired","gateway.token_withdrawn","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "RequestContext.turn": [],
  "RpcController.callRpc": ["body_too_complex","malformed_json"],
  "SecondFactorController.beginTotp": ["concurrency_conflict","deadline_exceeded","gateway.passkey_needed","gateway.second_factor_exists","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version"],
  "SecondFactorController.confirmTotp": ["concurrency_conflict","deadline_exceeded","gateway.second_factor_exists","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.wrong_code","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version"],
  "SecondFactorController.getSecondFactor": ["deadline_exceeded","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version"],
  "SecondFactorController.removeTotp": ["concurrency_conflict","deadline_exceeded","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version"],
  "SecondFactorController.replaceRecoveryCodes": ["concurrency_conflict","deadline_exceeded","gateway.second_factor_not_set_up","gateway.too_many_attempts","gateway.user_not_found","gateway.wrong_code","gateway.wrong_password","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version"],
  "SeriesController.getSeries": ["deadline_exceeded","module_unavailable","monitoring.series_unknown","overloaded","unavailable","unsupported_version","validation_failed"],
  "SeriesController.listSeries": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "SeriesController.listServiceLevels": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version"],
  "TrafficController.listOutboxes": ["deadline_exceeded","internal_error","module_unavailable","overloaded","process_silent","unavailable","unsupported_version","validation_failed"],
  "TrafficController.listPendingMessages": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed"],
  "TrafficController.setBreaker": ["concurrency_conflict","deadline_exceeded","internal_error","message_too_large","module_unavailable","monitoring.breaker_needed","monitoring.module_unknown","monitoring.no_breaker","outcome_unknown","overloaded","process_silent","unavailable","unsupported_version"],
  "UsersController.getUser": ["deadline_exceeded","forbidden","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.lockUser": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.last_administrator","gateway.only_administrator_may","gateway.own_account","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.removeSecondFactor": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.only_administrator_may","gateway.own_account","gateway.second_factor_not_set_up","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.searchUsers": ["deadline_exceeded","forbidden","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.setUserRoles": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.last_administrator","gateway.only_administrator_may","gateway.own_account","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.signOutUser": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.only_administrator_may","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "UsersController.unlockUser": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.only_administrator_may","gateway.own_account","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "WalletMoneyController.exportLedger": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "WalletMoneyController.getLedger": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "WalletMoneyController.listTransfers": ["deadline_exceeded","module_unavailable","overloaded","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "WalletMoneyController.requestFaucet": ["concurrency_conflict","deadline_exceeded","forbidden","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.faucet_closed","wallet.faucet_exhausted","wallet.insufficient_funds","wallet.locked","wallet.not_found"],
  "WalletMoneyController.sendTransfer": ["blockchain.busy","blockchain.execution_failed","blockchain.execution_reverted","blockchain.execution_timed_out","blockchain.insufficient_funds","blockchain.not_ready","concurrency_conflict","deadline_exceeded","forbidden","gateway.user_not_found","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.faucet_closed","wallet.faucet_exhausted","wallet.insufficient_funds","wallet.locked","wallet.not_found"],
  "WalletsController.createWallet": ["concurrency_conflict","deadline_exceeded","limit_reached","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.exists","wallet.invalid_mnemonic"],
  "WalletsController.getWallet": ["deadline_exceeded","forbidden","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "WalletsController.listWallets": ["deadline_exceeded","forbidden","gateway.user_not_found","module_unavailable","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed"],
  "WalletsController.lockWallet": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.not_found"],
  "WalletsController.unlockWallet": ["concurrency_conflict","deadline_exceeded","message_too_large","module_unavailable","outcome_unknown","overloaded","too_many_at_once","unauthenticated","unavailable","unsupported_version","validation_failed","wallet.not_found","wallet.too_many_attempts","wallet.wrong_password"],
};
