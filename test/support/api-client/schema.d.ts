export interface paths {
    "/rpc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ethereum JSON-RPC
         * @description Single calls and batches of up to 100; the eth_, net_ and web3_ methods of wallets and tools. Each call counts by its weight against a limit of its own; past it, 429 with the error -32005.
         *
         *     For anybody.
         */
        post: operations["callRpc"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/address-challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a message that proves an address
         * @description Signed by the address, its signature and nonce are the `proof` of a booking by `clientAddress`: once, within ten minutes. A contract that has code at the address is asked by ERC-1271.
         *
         *     For a signed-in user.
         */
        post: operations["requestAddressChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody’s agents
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["listAllAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an agent, whoever owns it
         * @description For an operator or administrator.
         */
        get: operations["getAnyAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alert-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where notifications go, and how that went
         * @description For an operator or administrator.
         */
        get: operations["listAlertChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alert-channels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make an alert channel, or change it
         * @description What opens doors is never shown again: what of it is absent stays as it was, null removes it. When the url leads to another origin, a secret and an authorization must be given again, or null.
         *
         *     For an administrator.
         */
        put: operations["setAlertChannel"];
        post?: never;
        /**
         * Delete an alert channel
         * @description What waits for it is given up.
         *
         *     For an administrator.
         */
        delete: operations["deleteAlertChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alert-channels/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test
         * @description How it went is seen at the channel a moment later.
         *
         *     For an operator or administrator.
         */
        post: operations["testAlertChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is watched, and whom it tells
         * @description For an operator or administrator.
         */
        get: operations["listAlertRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alert-rules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an alert rule
         * @description For an operator or administrator.
         */
        get: operations["getAlertRule"];
        /**
         * Make an alert rule, or say it anew
         * @description Said whole. A shipped rule that was changed is left alone by later releases.
         *
         *     For an operator or administrator.
         */
        put: operations["setAlertRule"];
        post?: never;
        /**
         * Delete an alert rule
         * @description Shipped rules are switched off instead.
         *
         *     For an operator or administrator.
         */
        delete: operations["deleteAlertRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts, open and over
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An alert, and whom it told
         * @description For an operator or administrator.
         */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that somebody looks after an alert
         * @description It then tells nobody that it fires.
         *
         *     For an operator or administrator.
         */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What operators have changed
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["listAuditRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole audit log
         * @description A record a line, as canonical JSON, the oldest first. `npm run verify-audit -- file` finds what was changed.
         *
         *     For an operator or administrator.
         */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/audit/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the audit log ends
         * @description Kept elsewhere, it shows later that records at the end are missing, or that all were written anew.
         *
         *     For an operator or administrator.
         */
        get: operations["getAuditHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody’s bookings
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["listAllBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a booking, whoever made it
         * @description For an operator or administrator.
         */
        get: operations["getAnyBooking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/bookings/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a dispute
         * @description By amount (`providerGross`) or by share (`providerShare`). The client gets the rest back.
         *
         *     For an operator or administrator.
         */
        post: operations["decideDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/bookings/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dispute a booking in its client’s name
         * @description While it is active, or up to seven days after its time is up. Freezes the money; the decision refunds it. None of the operator’s own.
         *
         *     For an operator or administrator.
         */
        post: operations["disputeForClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that a handler could not apply, and those that wait behind them
         * @description For an operator or administrator.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply many dead letters again
         * @description The failed ones that fit, the oldest first, each with those behind it; all of them when nothing is said. The answer tells of each. There is no such thing for discarding.
         *
         *     For an operator or administrator.
         */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A dead letter
         * @description For an operator or administrator.
         */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Give a dead letter up for good
         * @description For an operator or administrator.
         */
        delete: operations["discardDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply a dead letter again, and those behind it
         * @description For an operator or administrator.
         */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/escrows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The money in escrow, open and settled
         * @description With its amounts and its transactions. Those of the newest bookings first.
         *
         *     For an operator or administrator.
         */
        get: operations["listEscrows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What operators should know, as it happens
         * @description Server-sent events until one of the two sides ends the stream; the `data` of each is a LiveEventView.
         *     A client that comes again with `Last-Event-ID` is told first what it has missed, whichever process it reaches.
         *     `reset`: some of that is no longer kept, so fetch anew what you show. `end`: come again, after `expired` with a new access token.
         *     Every 15 seconds a comment shows that the stream is alive.
         *
         *     For an operator or administrator.
         */
        get: operations["streamOperatorEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the feature flags
         * @description With those that the code asks for and nobody set.
         *
         *     For an operator or administrator.
         */
        get: operations["listFlags"];
        put?: never;
        /**
         * Create a flag
         * @description In force in every process within a second.
         *
         *     For an operator or administrator.
         */
        post: operations["createFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/flags/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a flag
         * @description Its ETag is what a change has to name.
         *
         *     For an operator or administrator.
         */
        get: operations["getFlag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a flag
         * @description What is given takes the place of what was there; the rest stays. In force within a second.
         *
         *     For an operator or administrator.
         */
        patch: operations["changeFlag"];
        trace?: never;
    };
    "/v1/admin/flags/{key}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a flag
         * @description The code’s default is in force again. The flag stays readable, and its key can be used again.
         *
         *     For an operator or administrator.
         */
        post: operations["archiveFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/flags/{key}/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What would this user get, and why
         * @description For an operator or administrator.
         */
        post: operations["evaluateFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody’s jobs
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["listAllJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a job, whoever submitted it
         * @description For an operator or administrator.
         */
        get: operations["getAnyJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job of somebody else
         * @description Its client reads the reason.
         *
         *     For an operator or administrator.
         */
        post: operations["cancelJobAsOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/jobs/{id}/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job from its agent and put it back into the queue
         * @description The attempt is lost; the next begins as soon as an agent is free, even after the last of three.
         *
         *     For an operator or administrator.
         */
        post: operations["requeueJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/modules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where each module runs and what waits for it
         * @description For an operator or administrator.
         */
        get: operations["listModules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/modules/{name}/breaker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Open or close the circuit breakers of a module by hand
         * @description In every process that calls it. Events are delivered all the same. A process that starts later begins with a closed breaker.
         *
         *     For an operator or administrator.
         */
        put: operations["setBreaker"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/modules/{name}/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Send a percentage of a module’s commands to other replicas
         * @description For processes that host the module themselves. The same user or aggregate always goes the same way; 0 sends all to the replica at hand.
         *
         *     For an operator or administrator.
         */
        put: operations["setCanaryShare"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that not every subscriber has confirmed, by module, subscriber and name
         * @description For an operator or administrator.
         */
        get: operations["listOutboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The system at a glance
         * @description For an operator or administrator.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/pending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls and events that a replica has taken over Redis and not finished
         * @description For an operator or administrator.
         */
        get: operations["listPendingMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the quantities that are kept over time
         * @description For an operator or administrator.
         */
        get: operations["listSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/series/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A quantity of the whole system over time
         * @description For an operator or administrator.
         */
        get: operations["getSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/service-levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the objectives for availability and latency are met
         * @description For an operator or administrator.
         */
        get: operations["listServiceLevels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Silences that are not over
         * @description For an operator or administrator.
         */
        get: operations["listSilences"];
        put?: never;
        /**
         * Silence alerts for a time
         * @description They are still seen, and tell nobody.
         *
         *     For an operator or administrator.
         */
        post: operations["silenceAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/silences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a silence now
         * @description For an operator or administrator.
         */
        delete: operations["endSilence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The kept traces, newest first
         * @description What went wrong or took long, and a sample.
         *
         *     For an operator or administrator.
         */
        get: operations["listTraces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/traces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A trace, span by span
         * @description In the order in which a waterfall shows them.
         *
         *     For an operator or administrator.
         */
        get: operations["getTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search users
         * @description Newest first.
         *
         *     For an operator or administrator.
         */
        get: operations["searchUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account, with its sessions and API keys in numbers
         * @description For an operator or administrator.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock an account
         * @description Ends its sessions, and refuses its access tokens and those of its agents at once. Only administrators lock operators.
         *
         *     For an operator or administrator.
         */
        post: operations["lockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the roles of a user
         * @description Access tokens with other roles are refused at once, and their holders get new ones with their refresh token. Nobody changes their own roles, and one administrator always remains.
         *
         *     For an administrator.
         */
        put: operations["setUserRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the second factor and the passkeys of a user who has lost them
         * @description Make sure first who asks: afterwards the password alone signs in. Every session ends, the user is told by mail, and the reason is kept in the audit log. Only administrators do this for operators.
         *
         *     For an operator or administrator.
         */
        post: operations["removeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a user out everywhere
         * @description Ends every session and refuses every access token at once. Agents go on working.
         *
         *     For an operator or administrator.
         */
        post: operations["signOutUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock an account
         * @description The user signs in again; the agents’ tokens work again.
         *
         *     For an operator or administrator.
         */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your agents
         * @description Newest first.
         *
         *     For a signed-in user.
         */
        get: operations["listAgents"];
        put?: never;
        /**
         * Register an agent
         * @description For offers of yours. The token is shown this once.
         *
         *     For a signed-in user.
         */
        post: operations["registerAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the agent that the token belongs to
         * @description For an agent, by its token.
         */
        get: operations["getOwnAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an agent of yours
         * @description For a signed-in user.
         */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        /**
         * Retire an agent
         * @description Its token is worthless at once and it takes no more jobs. Its receipts stay valid.
         *
         *     For a signed-in user.
         */
        delete: operations["retireAgent"];
        options?: never;
        head?: never;
        /**
         * Rename an agent
         * @description For a signed-in user.
         */
        patch: operations["renameAgent"];
        trace?: never;
    };
    "/v1/agents/{id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the agent lives
         * @description Every 15 s. Renews the leases of the attempts named and tells which of them it holds no longer.
         *
         *     For an agent, by its token.
         */
        post: operations["sendHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/jobs/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job
         * @description Waits up to waitSeconds for one; 204 when none came.
         *
         *     For an agent, by its token.
         */
        post: operations["takeNextJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the key that an agent signs receipts with
         * @description Its daemon does so once, at its first start; from then on only the owner can replace it.
         *
         *     For an agent, by its token, or a signed-in user.
         */
        put: operations["setAgentKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an agent a new token and a new key
         * @description Earlier tokens are worthless at once. The daemon that starts with the new one, which is shown this once, sets its key.
         *
         *     For a signed-in user.
         */
        post: operations["rekeyAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of the caller
         * @description Those that still work, newest first.
         *
         *     For a signed-in user.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description A program sends it as an access token and acts for the caller, within the scopes of the key. No key reaches accounts or administration.
         *
         *     For a signed-in user.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It is refused at once.
         *
         *     For a signed-in user.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail to verify the email of the caller
         * @description For a signed-in user.
         */
        post: operations["requestEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an email
         * @description With the code from the mail, which works once.
         *
         *     For anybody.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description After ten failures in a row a network has to wait, ever longer. The right password from a network that signed in to the account before is let through.
         *
         *     For anybody.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token; without one, all sessions of the caller. Access tokens of ended sessions are refused within a second. When no session is left, the wallets of the caller are locked. API keys and agents go on working.
         *
         *     For anybody.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description For a signed-in user.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/me/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the account of the caller
         * @description Sessions, API keys and the tokens of agents end, the keys of the wallets are destroyed, and offers leave the market. What others need stays without a name. 409 `gateway.account_in_use` while bookings are open or wallets hold a balance, unless `force` is true.
         *
         *     For a signed-in user.
         */
        post: operations["deleteAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export what is stored about the caller
         * @description A JSON object a line, with its `kind`: the account, sessions, passkeys, API keys, wallets and their transfers, offers, bookings, agents and jobs. Secrets are not part of it.
         *
         *     For a signed-in user.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the passkeys of the caller
         * @description Newest first.
         *
         *     For a signed-in user.
         */
        get: operations["listPasskeys"];
        put?: never;
        /**
         * Add a passkey
         * @description As the browser made it with the options of `POST /v1/auth/passkeys/options`. It signs in as a password with a second factor does; the password goes on working. The owner is told by mail.
         *
         *     For a signed-in user.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkeys/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description As the browser answers the options of `POST /v1/auth/passkeys/login/options`. It counts as a password and a second factor.
         *
         *     For anybody.
         */
        post: operations["logInWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkeys/login/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with a passkey
         * @description For anybody.
         */
        post: operations["beginPasskeyLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description With the password, and a code where there is an authenticator app. Who has passkeys and no app must have signed in with one: 403 `gateway.passkey_needed`. Nothing changes until the passkey comes.
         *
         *     For a signed-in user.
         */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey
         * @description In a session that was opened with a passkey or a second factor. Every session of the caller ends: one may have been opened with it.
         *
         *     For a signed-in user.
         */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description For a signed-in user.
         */
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Every session of the caller ends, all access tokens are refused and the wallets are locked. The answer is a new session.
         *
         *     For a signed-in user.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail to reset the password
         * @description The answer is the same whether the address has an account or not. 409 `gateway.mail_not_configured` where the server sends no mail.
         *
         *     For anybody.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the password
         * @description With the code from the mail, which works once. Every session ends; a second factor stays as it is. Sign in afterwards.
         *
         *     For anybody.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description A refresh token works once. When one comes again, its session is ended for whoever holds it.
         *
         *     For anybody.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open an account
         * @description Where the server sends no mail, the answer is 201 and a session. Where it does, the answer is 202 whether the address has an account or not: the code in the mail completes the registration at `POST /v1/auth/register/confirm`, and the owner of an address with an account is told by mail.
         *
         *     For anybody.
         */
        post: operations["registerUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/register/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a registration
         * @description With the code from the mail and the password that was chosen. The answer is a session.
         *
         *     For anybody.
         */
        post: operations["confirmRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the second factor of the caller
         * @description For a signed-in user.
         */
        get: operations["getSecondFactor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the recovery codes
         * @description Those of before work no more.
         *
         *     For a signed-in user.
         */
        post: operations["replaceRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up an authenticator app
         * @description Show the URI as a QR code, then confirm with the first code. Until then nothing changes. Who has passkeys must have signed in with one: 403 `gateway.passkey_needed`.
         *
         *     For a signed-in user.
         */
        post: operations["beginTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Require a code of the authenticator app from now on
         * @description Every session of the caller ends; the answer has a new one, and the recovery codes, this once.
         *
         *     For a signed-in user.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Require no code any more
         * @description Every session of the caller ends.
         *
         *     For a signed-in user.
         */
        post: operations["removeTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of the caller
         * @description Newest sign-in first.
         *
         *     For a signed-in user.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its access token is refused within a second.
         *
         *     For a signed-in user.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your bookings
         * @description As client or provider, newest first.
         *
         *     For a signed-in user.
         */
        get: operations["listBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a booking
         * @description Its client and its provider see it.
         *
         *     For a signed-in user.
         */
        get: operations["getBooking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a booking
         * @description The hours that have begun are paid. All money back while no agent has taken a job: within ten minutes of the funding, or when no agent of the offer was online meanwhile.
         *
         *     For a signed-in user.
         */
        post: operations["cancelBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a booking
         * @description Pays the provider in full and waives the dispute window.
         *
         *     For a signed-in user.
         */
        post: operations["completeBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dispute a booking
         * @description Client or provider, up to seven days after its time is up. Freezes the money until an operator decides.
         *
         *     For a signed-in user.
         */
        post: operations["disputeBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bookings/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a booking
         * @description Its provider may, until it is funded. Money that is locked afterwards goes back by itself.
         *
         *     For a signed-in user.
         */
        post: operations["refuseBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chain and its newest block
         * @description For anybody.
         */
        get: operations["getChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/accounts/{address}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance and nonce of an account
         * @description For anybody.
         */
        get: operations["getChainAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blocks, newest first
         * @description For anybody.
         */
        get: operations["listBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/blocks/{numberOrHash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One block
         * @description For anybody.
         */
        get: operations["getBlock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/transactions/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One transaction, waiting or in a block
         * @description For anybody.
         */
        get: operations["getTransaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What becomes of your bookings, jobs and transfers, as it happens
         * @description Server-sent events until one of the two sides ends the stream; the `data` of each is a LiveEventView.
         *     A client that comes again with `Last-Event-ID` is told first what it has missed, whichever process it reaches.
         *     `reset`: some of that is no longer kept, so fetch anew what you show. `end`: come again, after `expired` with a new access token.
         *     Every 15 seconds a comment shows that the stream is alive.
         *
         *     For a signed-in user.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your jobs
         * @description Those that you submitted and those on your GPUs, newest first.
         *
         *     For a signed-in user.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit a job
         * @description For a funded booking of yours. The module: at most 1 MiB.
         *
         *     For a signed-in user.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a job
         * @description Its client and its provider see it; the result is the client’s.
         *
         *     For a signed-in user.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/attempts/{n}/failure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a failure
         * @description Saying the same again changes nothing.
         *
         *     For an agent, by its token.
         */
        post: operations["submitFailure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/attempts/{n}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a result
         * @description With a receipt signed by the agent that holds the attempt. Bringing the same again changes nothing.
         *
         *     For an agent, by its token.
         */
        post: operations["submitResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description What its agent still brings is refused.
         *
         *     For a signed-in user.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the receipt
         * @description Signed by agent and platform. Saved to a file, `npm run verify-receipt -- file` checks it offline.
         *
         *     For a signed-in user.
         */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the result
         * @description 409 before the end, 410 when the job ended without one.
         *
         *     For a signed-in user.
         */
        get: operations["getJobResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your limits
         * @description How much you may have of what. What goes past a limit is answered with 409 `limit_reached`, which names it.
         *
         *     For a signed-in user.
         */
        get: operations["listLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find offers
         * @description Newest first unless `sort` says otherwise.
         *
         *     For a signed-in user.
         */
        get: operations["listOffers"];
        put?: never;
        /**
         * List a GPU
         * @description The escrow of each booking will pay to the wallet given here.
         *
         *     For a signed-in user.
         */
        post: operations["createOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an offer
         * @description Its ETag is what a change has to name.
         *
         *     For a signed-in user.
         */
        get: operations["getOffer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the price of an offer, or retire it
         * @description Only while it is available. Bookings keep the price that they were made at.
         *
         *     For a signed-in user.
         */
        patch: operations["changeOffer"];
        trace?: never;
    };
    "/v1/offers/{id}/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book a GPU
         * @description Reserves the offer and locks its price in escrow: from `walletId`, or by the transaction in `lock` that the owner of `clientAddress` sends within three minutes; `proof` shows that the address is theirs. The booking is funded once the chain has confirmed it. Without an agent online it is refused, unless `withoutAgent` is set.
         *
         *     For a signed-in user.
         */
        post: operations["bookOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an offer off the market
         * @description Not while it is reserved or in use.
         *
         *     For a signed-in user.
         */
        post: operations["cancelOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your wallets
         * @description Newest first, with their balances on the chain.
         *
         *     For a signed-in user.
         */
        get: operations["listWallets"];
        put?: never;
        /**
         * Create or restore a wallet
         * @description The mnemonic is shown this once. The wallet starts locked.
         *
         *     For a signed-in user.
         */
        post: operations["createWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a wallet
         * @description For a signed-in user.
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/faucet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get 100 AIT to try things
         * @description Outside production, ten times an hour.
         *
         *     For a signed-in user.
         */
        post: operations["requestFaucet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what moved the wallet's balance
         * @description Newest first, with the running balance.
         *
         *     For a signed-in user.
         */
        get: operations["getLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/ledger.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ledger as CSV
         * @description All of it, or a span of time; newest first.
         *
         *     For a signed-in user.
         */
        get: operations["exportLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock a wallet
         * @description What was signed before is still carried out.
         *
         *     For a signed-in user.
         */
        post: operations["lockWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the wallet sent
         * @description Newest first, locked bookings included.
         *
         *     For a signed-in user.
         */
        get: operations["listTransfers"];
        put?: never;
        /**
         * Send AIT
         * @description Signed and stored when this answers; `GET …/transfers` shows when it is confirmed.
         *
         *     For a signed-in user.
         */
        post: operations["sendTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock a wallet for a time
         * @description After five wrong passwords each further one makes the next try wait longer.
         *
         *     For a signed-in user.
         */
        post: operations["unlockWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountDetailsView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            id: string;
            /** @example ada@example.org */
            email: string;
            /**
             * @example [
             *       "user"
             *     ]
             */
            roles: ("user" | "operator" | "admin")[];
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether the owner proved to read mails to this address
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Whether signing in takes a code besides the password
             * @example false
             */
            secondFactor: boolean;
            /**
             * Format: date-time
             * @description Since when nobody can use it
             * @example null
             */
            lockedAt: string | null;
            /**
             * @description For operators; the user does not see it
             * @example null
             */
            lockReason: string | null;
            /**
             * @description Sessions that could still be refreshed
             * @example 2
             */
            openSessions: number;
            /**
             * @description Passkeys that sign in to the account
             * @example 2
             */
            passkeys: number;
            /**
             * @description Agents’ tokens that are neither revoked nor expired
             * @example 1
             */
            activeApiKeys: number;
        };
        AccountPage: {
            items: components["schemas"]["AccountView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        AccountView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            id: string;
            /** @example ada@example.org */
            email: string;
            /**
             * @example [
             *       "user"
             *     ]
             */
            roles: ("user" | "operator" | "admin")[];
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether the owner proved to read mails to this address
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Whether signing in takes a code besides the password
             * @example false
             */
            secondFactor: boolean;
            /**
             * Format: date-time
             * @description Since when nobody can use it
             * @example null
             */
            lockedAt: string | null;
            /**
             * @description For operators; the user does not see it
             * @example null
             */
            lockReason: string | null;
        };
        AcknowledgeAlertBody: {
            /** @example Redis is being replaced */
            comment?: string;
        };
        AddPasskey: {
            /** @example laptop */
            name: string;
            credential: components["schemas"]["NewPasskeyCredential"];
        };
        AddressChallengeView: {
            /** @example 5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c */
            nonce: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
            /**
             * @description An EIP-4361 message, to be signed as it stands (EIP-191, `personal_sign`): by the key of the address, or as its contract wants it (ERC-1271)
             * @example api.example.org wants you to sign in with your Ethereum account:
             *     0x52908400098527886E0F7030069857D2E4169EE7
             *
             *     …
             */
            message: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:10:00.000Z
             */
            expiresAt: string;
        };
        AddressProofView: {
            /**
             * @description Of `POST /v1/address-challenges`
             * @example 5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c
             */
            nonce: string;
            /**
             * @description Of the message of the challenge, by the address: 65 bytes of its key, or what `isValidSignature` of its contract accepts (ERC-1271)
             * @example 0x5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e
             */
            signature: string;
        };
        AgentPage: {
            items: components["schemas"]["AgentView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        AgentView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6081
             */
            id: string;
            /** Format: uuid */
            ownerId: string;
            /** @example rack 12 */
            name: string;
            /**
             * @example [
             *       "wasm"
             *     ]
             */
            capabilities: "wasm"[];
            /** @description The offers whose jobs it takes */
            offerIds: string[];
            /**
             * @description Jobs that it executes at a time
             * @example 1
             */
            concurrency: number;
            /** @example eu-west */
            region: string | null;
            /**
             * @description Ed25519, 32 bytes as base64url; null until its daemon has started
             * @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
             */
            publicKey: string | null;
            /**
             * @example online
             * @enum {string}
             */
            status: "online" | "offline" | "retired";
            /** Format: date-time */
            lastSeenAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        AlertChannelBody: {
            /**
             * @example webhook
             * @enum {string}
             */
            kind: "webhook" | "email";
            /**
             * @description For a webhook: http or https, to a public address or a host of ALERT_WEBHOOK_ALLOW
             * @example https://alerts.example.org/hooks/aitbc
             */
            url?: string;
            /**
             * @description For a webhook: signs each notification, in the header X-AITBC-Signature
             * @example a secret of the receiver
             */
            secret?: string | null;
            /**
             * @description For a webhook: sent as the header Authorization
             * @example Bearer 8f2c
             */
            authorization?: string | null;
            /**
             * @description For e-mail
             * @example [
             *       "on-call@example.org"
             *     ]
             */
            recipients?: string[];
            /** @example true */
            enabled: boolean;
        };
        AlertChannelView: {
            /** @example on-call */
            name: string;
            /**
             * @example webhook
             * @enum {string}
             */
            kind: "webhook" | "email";
            /**
             * @description Where it leads, without what opens doors
             * @example https://alerts.example.org/…
             */
            target: string;
            /**
             * @description Whether notifications are signed
             * @example true
             */
            signed: boolean;
            /** @example true */
            enabled: boolean;
            /**
             * @description Notifications that are not delivered yet
             * @example 0
             */
            pending: number;
            /** Format: date-time */
            lastDeliveredAt: string | null;
            /**
             * @description Why the last attempt failed, if it did
             * @example null
             */
            lastError: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        AlertGuardView: {
            /**
             * @description A series of `GET /v1/admin/series`
             * @example bookings_open
             */
            series: string;
            /**
             * @example >
             * @enum {string}
             */
            comparison: ">" | ">=" | "<" | "<=";
            /** @example 0 */
            value: number;
        };
        AlertNotificationView: {
            /** @example on-call */
            channel: string;
            /**
             * @example firing
             * @enum {string}
             */
            about: "firing" | "resolved";
            /**
             * @example delivered
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @example 1 */
            attempts: number;
            /**
             * @description Why the last attempt failed
             * @example null
             */
            error: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was delivered or given up
             */
            endedAt: string | null;
        };
        AlertPage: {
            items: components["schemas"]["AlertView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        AlertRuleBody: {
            /**
             * @description One line, shown in notifications
             * @example Too many requests fail
             */
            summary: string;
            /**
             * @example threshold
             * @enum {string}
             */
            kind: "threshold" | "rate" | "absence";
            /**
             * @description A series that the system keeps
             * @example http_error_ratio
             */
            series: string;
            /**
             * @description For `threshold` and `rate`
             * @example >
             * @enum {string}
             */
            comparison?: ">" | ">=" | "<" | "<=";
            /**
             * @description For `threshold` in the unit of the series, for `rate` per minute
             * @example 0.05
             */
            value?: number;
            /**
             * @description For `rate` and `absence`
             * @example 300
             */
            windowSeconds?: number;
            /**
             * @description The rule holds only while at least one of these does as well
             * @example [
             *       {
             *         "series": "http_requests_per_second",
             *         "comparison": ">",
             *         "value": 0.1
             *       }
             *     ]
             */
            while?: components["schemas"]["AlertGuardView"][];
            /**
             * @description Fires when it has held for so long
             * @example 120
             */
            forSeconds: number;
            /**
             * @description After a notification that it fires no other for so long
             * @example 900
             */
            cooldownSeconds: number;
            /**
             * @example critical
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /**
             * @description Names of channels; null or absent: all there are; empty: none
             * @example null
             */
            channels?: string[] | null;
            /** @example true */
            enabled: boolean;
            /**
             * @description What to do: an http or https URL, or a heading of docs/operations.md
             * @example https://ops.example.org/runbooks/errors
             */
            runbook?: string | null;
        };
        AlertRuleView: {
            /** @example HighErrorRate */
            name: string;
            /**
             * @description Whether the rule came with the system
             * @example shipped
             * @enum {string}
             */
            origin: "shipped" | "operator";
            /**
             * @description Whether an operator changed a shipped rule, which releases then leave alone
             * @example false
             */
            changed: boolean;
            /**
             * @example inactive
             * @enum {string}
             */
            state: "inactive" | "pending" | "firing";
            /** @example More than 5 % of the requests fail */
            summary: string;
            /**
             * @example threshold
             * @enum {string}
             */
            kind: "threshold" | "rate" | "absence";
            /** @example http_error_ratio */
            series: string;
            /**
             * @example >
             * @enum {string}
             */
            comparison?: ">" | ">=" | "<" | "<=";
            /** @example 0.05 */
            value?: number;
            /** @example 300 */
            windowSeconds?: number;
            while: components["schemas"]["AlertGuardView"][];
            /** @example 120 */
            forSeconds: number;
            /** @example 900 */
            cooldownSeconds: number;
            /**
             * @example critical
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** @example null */
            channels: string[] | null;
            /** @example true */
            enabled: boolean;
            /** @example https://ops.example.org/runbooks/errors */
            runbook: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        AlertView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f60a1
             */
            id: string;
            /** @example HighErrorRate */
            rule: string;
            /**
             * @example critical
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** @example More than 5 % of the requests fail */
            summary: string;
            /** @example null */
            runbook: string | null;
            /**
             * @example firing
             * @enum {string}
             */
            state: "pending" | "firing" | "resolved";
            /**
             * @description The last value seen
             * @example 0.12
             */
            value: number | null;
            /**
             * Format: date-time
             * @description When the condition began to hold
             */
            startedAt: string;
            /** Format: date-time */
            firedAt: string | null;
            /** Format: date-time */
            resolvedAt: string | null;
            /**
             * @example recovered
             * @enum {string|null}
             */
            ending: "recovered" | "no_data" | "rule_changed" | null;
            /** Format: date-time */
            acknowledgedAt: string | null;
            /** @description The operator’s id */
            acknowledgedBy: string | null;
            /** @example Redis was replaced */
            comment: string | null;
            /**
             * @description Whether a silence covers it now
             * @example false
             */
            silenced: boolean;
            notifications: components["schemas"]["AlertNotificationView"][];
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKeyView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        ApiKeyView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /** @example nightly training */
            name: string;
            /**
             * @description How the key begins, to find it again
             * @example aitbc_Zk3T
             */
            hint: string;
            /**
             * @example [
             *       "jobs:read",
             *       "jobs:write"
             *     ]
             */
            scopes: ("wallets:read" | "wallets:write" | "offers:read" | "offers:write" | "bookings:read" | "bookings:write" | "agents:read" | "agents:write" | "jobs:read" | "jobs:write" | "events:read")[];
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-04-01T00:00:00.000Z
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description To the minute; null before its first use
             * @example 2026-01-02T03:04:05.000Z
             */
            lastUsedAt: string | null;
        };
        AssignmentView: {
            /** Format: uuid */
            jobId: string;
            /** @example 1 */
            attempt: number;
            /** Format: uuid */
            bookingId: string;
            /** Format: uuid */
            agentId: string;
            /** @description Address that the escrow pays */
            provider: string;
            /** @description Address that locked the price */
            client: string;
            /**
             * @example wasm
             * @enum {string}
             */
            kind: "wasm";
            task: components["schemas"]["WasmTask"];
            /**
             * Format: date-time
             * @description The lease; each heartbeat renews it
             */
            leaseExpiresAt: string;
            /**
             * Format: date-time
             * @description Nobody wants the result after this
             */
            expiresAt: string;
            /** @description W3C trace context that the agent continues */
            traceparent: string | null;
        };
        AttemptRef: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091
             */
            jobId: string;
            /** @example 1 */
            attempt: number;
        };
        AttemptView: {
            /** @example 1 */
            number: number;
            /** Format: uuid */
            agentId: string;
            /**
             * @example completed
             * @enum {string}
             */
            status: "assigned" | "running" | "completed" | "failed" | "lost" | "cancelled" | "expired";
            /** Format: date-time */
            assignedAt: string;
            /** Format: date-time */
            endedAt: string | null;
            failure: components["schemas"]["JobFailureView"] | null;
        };
        AuditActorView: {
            /**
             * @description User id
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            subject: string;
            /**
             * @description As they were then
             * @example [
             *       "user",
             *       "admin"
             *     ]
             */
            roles: string[];
        };
        AuditHeadView: {
            /**
             * @description How many records there are
             * @example 42
             */
            sequence: number;
            /**
             * @description Of the last record; zeros when there is none
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
        };
        AuditRecordPage: {
            items: components["schemas"]["AuditRecordView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        AuditRecordView: {
            /**
             * @description Without gaps, from 1
             * @example 42
             */
            sequence: number;
            /**
             * Format: date-time
             * @description When it was done
             * @example 2026-01-01T00:00:00.000Z
             */
            at: string;
            /** @example lock */
            action: string;
            /**
             * @description What was changed
             * @example gateway.user 01914b7a-2f60-7000-8000-000000000001
             */
            resource: string;
            /** @description Null when the system did it by itself */
            actor: components["schemas"]["AuditActorView"] | null;
            /**
             * @description The address that it came from
             * @example 192.0.2.7
             */
            origin: string | null;
            /** @example 4bf92f3577b34da6a3ce929d0e0e4736 */
            traceId: string | null;
            /**
             * @description Null where it did not exist
             * @example {
             *       "locked": false
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Null where it exists no more
             * @example {
             *       "locked": true
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Of the record before; zeros for the first
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            previousHash: string;
            /**
             * @description SHA-256 of the canonical JSON (RFC 8785) of all other fields
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
        };
        BeginPasskeyBody: {
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
            /**
             * @description A code of the authenticator app or a recovery code, where the account has a second factor
             * @example 492039
             */
            code?: string;
        };
        BeginTotpBody: {
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
        };
        BlockPage: {
            items: components["schemas"]["BlockView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        BlockView: {
            /** @example 42 */
            number: number;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            hash: string;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            parentHash: string;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            stateRoot: string;
            /** Format: date-time */
            timestamp: string;
            /**
             * @description The validator that proposed it
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            proposer: string;
            /** @example 21000 */
            gasUsed: number;
            /**
             * @description Bytes
             * @example 1234
             */
            size: number;
            /** @example 1 */
            transactionCount: number;
            /**
             * @description Hashes, in order
             * @example [
             *       "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"
             *     ]
             */
            transactions: string[];
        };
        BookOfferBody: {
            /** @example 1 */
            durationHours: number;
            /**
             * Format: uuid
             * @description A wallet of the client, unlocked
             * @example 019a2b3c-0000-7000-8000-000000000002
             */
            walletId?: string;
            /**
             * @description Instead of walletId: the address that will lock the money by itself
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            clientAddress?: string;
            /** @description With clientAddress: that it is the caller’s own */
            proof?: components["schemas"]["AddressProofView"];
            /**
             * @description Book it though no agent of the offer is online
             * @default false
             * @example false
             */
            withoutAgent?: boolean;
            /**
             * @description The price per hour that you saw: refused when it has changed meanwhile
             * @example 12.5
             */
            pricePerHour?: string;
        };
        BookingDisputeView: {
            /**
             * @example client
             * @enum {string}
             */
            by: "client" | "provider";
            /** @example Every job failed with an out-of-memory error. */
            reason: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:40:00.000Z
             */
            openedAt: string;
        };
        BookingEscrowView: {
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
            /**
             * Format: date-time
             * @description Then the client can withdraw what is unsettled
             * @example 2026-02-07T01:10:00.000Z
             */
            expiresAt: string;
            /** @example 0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b */
            lockTransaction: string | null;
            /** @example 0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b */
            releaseTransaction: string | null;
        };
        BookingPage: {
            items: components["schemas"]["BookingView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        BookingPayoutView: {
            /**
             * @description Amount of AIT as a decimal string
             * @example 1.4625
             */
            toProvider: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 0.0375
             */
            toTreasury: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 0
             */
            toClient: string;
        };
        BookingView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            id: string;
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            offerId: string;
            /**
             * Format: uuid
             * @description User id
             * @example 019a2b3c-0000-7000-8000-00000000000c
             */
            clientId: string;
            /**
             * Format: uuid
             * @description User id
             * @example 019a2b3c-0000-7000-8000-00000000000d
             */
            providerId: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            clientAddress: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            providerAddress: string;
            /**
             * @example requested
             * @enum {string}
             */
            status: "requested" | "funded" | "active" | "ended" | "disputed" | "settling" | "settled" | "cancelled";
            /** @example 1 */
            durationHours: number;
            /**
             * @description Amount of AIT as a decimal string
             * @example 1.5
             */
            pricePerHour: string;
            /**
             * @description Price per hour times hours: what the escrow locks
             * @example 1.5
             */
            total: string;
            escrow: components["schemas"]["BookingEscrowView"];
            /** @description While a booking without walletId waits for its money */
            lock: components["schemas"]["LockCallView"] | null;
            payout: components["schemas"]["BookingPayoutView"] | null;
            dispute: components["schemas"]["BookingDisputeView"] | null;
            /**
             * @description Why it was cancelled without the client
             * @example null
             */
            failure: string | null;
            /**
             * @description Jobs that were executed or failed through the provider
             * @example 1
             */
            jobsTried: number;
            /** @example 1 */
            jobsCompleted: number;
            /**
             * @description Jobs that failed through the provider. When all tried ones did, the client gets the money back
             * @example 0
             */
            jobsFailed: number;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            fundedAt: string | null;
            /**
             * Format: date-time
             * @description When the booked time is up
             * @example 2026-01-01T00:00:00.000Z
             */
            endsAt: string | null;
            /**
             * Format: date-time
             * @description When the next time limit of its state passes
             * @example 2026-01-01T00:00:00.000Z
             */
            dueAt: string | null;
        };
        BreakerBody: {
            /**
             * @description `isolated`: calls to the module fail at once, until it is `closed`
             * @example isolated
             * @enum {string}
             */
            state: "isolated" | "closed";
        };
        BreakerView: {
            /** @example wallet */
            module: string;
            /** @description Those that reach the module over Redis */
            processes: components["schemas"]["ProcessBreakerView"][];
        };
        CallerView: {
            /**
             * @description The process that calls the module
             * @example gpu-2-4712-1b5d0e
             */
            process: string;
            /**
             * @description `open`: calls fail at once
             * @enum {string}
             */
            breaker: "closed" | "half_open" | "open" | "isolated";
            /**
             * @description Calls without an answer yet
             * @example 0
             */
            unanswered: number;
        };
        CanaryShareBody: {
            /** @example 10 */
            share: number;
        };
        CancelJobAsOperatorBody: {
            /** @example It mines coins, against the terms of use. */
            reason: string;
        };
        ChainAccountView: {
            /** @example 0x52908400098527886E0F7030069857D2E4169EE7 */
            address: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 12.5
             */
            balance: string;
            /**
             * @description Transactions of this account in the chain
             * @example 7
             */
            nonce: number;
            /**
             * @description Nonce of its next transaction, those that wait included
             * @example 8
             */
            pendingNonce: number;
        };
        ChainView: {
            /** @example 7733 */
            chainId: number;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            genesisHash: string;
            /** @example 42 */
            headNumber: number;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            headHash: string;
            /** Format: date-time */
            headTimestamp: string;
            /**
             * @example [
             *       "0x52908400098527886E0F7030069857D2E4169EE7"
             *     ]
             */
            validators: string[];
            /** @example 3 */
            pendingTransactions: number;
        };
        ChangeFlagBody: {
            /** @example Opens the new checkout. */
            description?: string;
            /**
             * @description What it can serve, by names; `on` and `off` for a boolean unless said otherwise
             * @example {
             *       "on": true,
             *       "off": false
             *     }
             */
            variants?: {
                [key: string]: unknown;
            };
            /**
             * @description The kill switch: false serves the off variant
             * @example true
             */
            enabled?: boolean;
            /** @example off */
            offVariant?: string;
            /** @example off */
            defaultVariant?: string;
            /** @example [] */
            allow?: string[];
            /**
             * @description What the allowed get
             * @example on
             */
            allowVariant?: string | null;
            /** @example [] */
            deny?: string[];
            /**
             * Format: date-time
             * @description Off before
             * @example null
             */
            startsAt?: string | null;
            /**
             * Format: date-time
             * @description Off from then on
             * @example null
             */
            endsAt?: string | null;
            /** @example [] */
            prerequisites?: components["schemas"]["FlagPrerequisiteView"][];
            /** @description The first that applies decides */
            rules?: components["schemas"]["FlagRuleView"][];
            /**
             * @description Another one draws the lots of all percentages anew
             * @example
             */
            salt?: string;
        };
        ChangeOfferBody: {
            /**
             * @description Price per hour in AIT, at most 1000000
             * @example 1.75
             */
            pricePerHour?: string;
            /**
             * @description Takes it off the market for good
             * @example delisted
             * @enum {string}
             */
            status?: "delisted";
        };
        ChangePasswordBody: {
            /**
             * @description The password as it is
             * @example correct horse battery
             */
            currentPassword: string;
            /** @example staple of the correct horse */
            newPassword: string;
            /**
             * @description A code of the authenticator app or a recovery code, where the account has a second factor
             * @example 492039
             */
            code?: string;
        };
        ConfirmRegistrationBody: {
            /**
             * @description The code from the mail
             * @example Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs
             */
            token: string;
            /**
             * @description The password that the registration was begun with
             * @example correct horse battery
             */
            password: string;
        };
        ConfirmTotpBody: {
            /**
             * @description The code that the app shows
             * @example 492039
             */
            code: string;
        };
        CreateApiKey: {
            /** @example nightly training */
            name: string;
            /**
             * @example [
             *       "jobs:read",
             *       "jobs:write"
             *     ]
             */
            scopes: ("wallets:read" | "wallets:write" | "offers:read" | "offers:write" | "bookings:read" | "bookings:write" | "agents:read" | "agents:write" | "jobs:read" | "jobs:write" | "events:read")[];
            /**
             * @default 90
             * @example 30
             */
            expiresInDays?: number;
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
            /**
             * @description A code of the authenticator app or a recovery code, where the account has a second factor
             * @example 492039
             */
            code?: string;
        };
        CreateFlag: {
            /** @example Opens the new checkout. */
            description?: string;
            /**
             * @description What it can serve, by names; `on` and `off` for a boolean unless said otherwise
             * @example {
             *       "on": true,
             *       "off": false
             *     }
             */
            variants?: {
                [key: string]: unknown;
            };
            /**
             * @description The kill switch: false serves the off variant
             * @example true
             */
            enabled?: boolean;
            /** @example off */
            offVariant?: string;
            /** @example off */
            defaultVariant?: string;
            /** @example [] */
            allow?: string[];
            /**
             * @description What the allowed get
             * @example on
             */
            allowVariant?: string | null;
            /** @example [] */
            deny?: string[];
            /**
             * Format: date-time
             * @description Off before
             * @example null
             */
            startsAt?: string | null;
            /**
             * Format: date-time
             * @description Off from then on
             * @example null
             */
            endsAt?: string | null;
            /** @example [] */
            prerequisites?: components["schemas"]["FlagPrerequisiteView"][];
            /** @description The first that applies decides */
            rules?: components["schemas"]["FlagRuleView"][];
            /**
             * @description Another one draws the lots of all percentages anew
             * @example
             */
            salt?: string;
            /** @example new-checkout */
            key: string;
            /**
             * @example boolean
             * @enum {string}
             */
            kind: "boolean" | "string" | "number" | "object";
        };
        CreateOffer: {
            /** @example NVIDIA H100 SXM */
            gpuModel: string;
            /** @example 80 */
            gpuMemoryGb: number;
            /** @example 1 */
            gpuCount: number;
            /** @example eu-west */
            region: string;
            /**
             * @description Price per hour in AIT, at most 1000000
             * @example 1.5
             */
            pricePerHour: string;
            /**
             * @example [
             *       "wasm"
             *     ]
             */
            capabilities: string[];
            /**
             * Format: uuid
             * @description The wallet that earns
             * @example 019a2b3c-0000-7000-8000-000000000001
             */
            walletId: string;
            /**
             * Format: date-time
             * @description Not bookable from then on; never by default
             * @example 2027-01-01T00:00:00.000Z
             */
            expiresAt?: string;
        };
        CreateWallet: {
            /** @example Training budget */
            name: string;
            /** @example correct horse battery staple */
            password: string;
            /**
             * @description A BIP-39 mnemonic to restore; account m/44'/60'/0'/0/0 of it. A new one is made when absent.
             * @example test test test test test test test test test test test junk
             */
            mnemonic?: string;
        };
        CreatedApiKeyView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /** @example nightly training */
            name: string;
            /**
             * @description How the key begins, to find it again
             * @example aitbc_Zk3T
             */
            hint: string;
            /**
             * @example [
             *       "jobs:read",
             *       "jobs:write"
             *     ]
             */
            scopes: ("wallets:read" | "wallets:write" | "offers:read" | "offers:write" | "bookings:read" | "bookings:write" | "agents:read" | "agents:write" | "jobs:read" | "jobs:write" | "events:read")[];
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-04-01T00:00:00.000Z
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description To the minute; null before its first use
             * @example 2026-01-02T03:04:05.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description Shown this once
             * @example aitbc_Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs
             */
            key: string;
        };
        CreatedWalletView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /** @example Training budget */
            name: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
            /**
             * @description The only way to restore the wallet elsewhere. Shown this once and kept nowhere in clear.
             * @example test test test test test test test test test test test junk
             */
            mnemonic: string;
        };
        DeadLetterPage: {
            items: components["schemas"]["DeadLetterView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        DeadLetterView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            id: string;
            /**
             * @description The module whose handler gave up
             * @example wallet
             */
            module: string;
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000001
             */
            messageId: string;
            /** @example marketplace.SettlementDue */
            name: string;
            /** @example SettleEscrow */
            handler: string;
            /**
             * @description Events of one key keep their order
             * @example 01914b7a-2f60-7000-8000-000000000002
             */
            key: string;
            /**
             * @description `delayed`: what its handler needs is away, and it is tried again; `waiting`: comes behind another of the same key
             * @example failed
             * @enum {string}
             */
            state: "failed" | "waiting" | "delayed";
            /** @example 5 */
            attempts: number;
            /** @example internal_error */
            errorCode: string;
            /** @example TypeError: … */
            errorMessage: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The event as it was sent; secret fields stay encrypted
             * @example {"bookingId":"01914b7a-2f60-7000-8000-000000000002"}
             */
            payload: string;
        };
        DecideBookingBody: {
            /**
             * @description The provider's part before the fee; the rest goes back
             * @example 0.75
             */
            providerGross?: string;
            /**
             * @description The provider's part in hundredths of a percent of the total
             * @example 5000
             */
            providerShare?: number;
        };
        DeleteAccount: {
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
            /**
             * @description A code of the authenticator app or a recovery code, where the account has a second factor
             * @example 492039
             */
            code?: string;
            /**
             * @description Delete although bookings are open or wallets hold a balance. Bookings end as they would have; the keys of the wallets are destroyed, so that only their mnemonics open them.
             * @default false
             * @example false
             */
            force?: boolean;
        };
        DisputeBookingBody: {
            /** @example Every job failed with an out-of-memory error. */
            reason: string;
        };
        DisputeForClientBody: {
            /** @example The provider is known to sell GPUs that are not there. */
            reason: string;
        };
        EscrowPage: {
            items: components["schemas"]["EscrowView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        EscrowView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            bookingId: string;
            /**
             * @example active
             * @enum {string}
             */
            bookingStatus: "requested" | "funded" | "active" | "ended" | "disputed" | "settling" | "settled" | "cancelled";
            /**
             * @description `settled`: paid out, or withdrawn by the client
             * @example open
             * @enum {string}
             */
            state: "open" | "settled";
            /**
             * Format: uuid
             * @description User id
             * @example 019a2b3c-0000-7000-8000-00000000000c
             */
            clientId: string;
            /**
             * Format: uuid
             * @description User id
             * @example 019a2b3c-0000-7000-8000-00000000000d
             */
            providerId: string;
            /**
             * @description The contract that holds the money
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            clientAddress: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            providerAddress: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 1.5
             */
            locked: string;
            /**
             * @description In AIT: the provider’s part before the fee, once it is decided
             * @example 1.5
             */
            providerGross: string | null;
            payout: components["schemas"]["BookingPayoutView"] | null;
            /** @example 0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b */
            lockTransaction: string;
            /** @example 0x1b3d5f7a9c0e2d4f6a8b0c1d3e5f7a9b0c2d4e6f8a0b1c3d5e7f9a0b2c4d6e8f */
            releaseTransaction: string | null;
            /**
             * Format: date-time
             * @description Then the client can withdraw what is unsettled
             * @example 2026-02-07T01:10:00.000Z
             */
            expiresAt: string;
        };
        EvaluateFlagBody: {
            /**
             * @description The user’s id
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            targetingKey?: string;
            /**
             * @description The user’s own if absent
             * @example [
             *       "user"
             *     ]
             */
            roles?: string[];
            /**
             * @description Whatever else the conditions ask for
             * @example {
             *       "module": "wallet"
             *     }
             */
            attributes?: {
                [key: string]: unknown;
            };
        };
        FaucetView: {
            /** @example 0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b */
            transactionHash: string;
        };
        FlagConditionView: {
            /**
             * @description `targetingKey`, `roles`, `scopes`, `module` or what the caller tells
             * @example roles
             */
            attribute: string;
            /**
             * @example in
             * @enum {string}
             */
            operator: "equals" | "in" | "not_in" | "starts_with" | "greater_than" | "at_least" | "less_than" | "at_most";
            /**
             * @description One for `equals` and comparisons; any one of them for the others
             * @example [
             *       "operator",
             *       "admin"
             *     ]
             */
            values: (string | number | boolean)[];
        };
        FlagEvaluationView: {
            /** @example new-checkout */
            key: string;
            /**
             * @description null where something other than the flag decides
             * @example true
             */
            value: (boolean | string | number | Record<string, never>) | null;
            /** @example on */
            variant: string | null;
            /**
             * @description OpenFeature’s reason
             * @example SPLIT
             */
            reason: string;
            /**
             * @description What of the flag decided
             * @example rule
             * @enum {string}
             */
            cause: "kill_switch" | "not_started" | "ended" | "prerequisite" | "denied" | "allowed" | "rule" | "no_targeting_key" | "default" | "not_stored";
            /**
             * @description The place of the rule that decided, from 0
             * @example 0
             */
            rule: number | null;
            /** @example 3 */
            version: number | null;
            /**
             * @description For whom it was asked
             * @example {
             *       "targetingKey": "01914b7a-2f60-7000-8000-000000000000",
             *       "roles": [
             *         "user"
             *       ],
             *       "scopes": []
             *     }
             */
            context: {
                [key: string]: unknown;
            };
        };
        FlagPrerequisiteView: {
            /** @example new-wallets */
            flag: string;
            /** @example on */
            variant: string;
        };
        FlagRuleView: {
            /** @example operators first */
            name?: string;
            /** @description All must hold; none: everybody */
            conditions: components["schemas"]["FlagConditionView"][];
            /** @example on */
            variant: string;
            /**
             * @description The share of the targeting keys that get it, the rest go on to the next rule; all when absent
             * @example 12.5
             */
            percentage?: number;
        };
        FlagView: {
            /** @example maintenance-mode */
            key: string;
            /**
             * @description `declared`: the code asks for it and nothing is stored, so the code’s default is in force
             * @example stored
             * @enum {string}
             */
            state: "stored" | "declared" | "archived";
            /**
             * @description Whether the code asks for it
             * @example true
             */
            isDeclared: boolean;
            /**
             * @description What it is for
             * @example Whether changes wait.
             */
            description: string;
            /**
             * @example boolean
             * @enum {string}
             */
            kind: "boolean" | "string" | "number" | "object";
            /**
             * @example {
             *       "on": true,
             *       "off": false
             *     }
             */
            variants: {
                [key: string]: unknown;
            };
            /**
             * @description The kill switch: false serves the off variant to everybody
             * @example true
             */
            enabled: boolean;
            /** @example off */
            offVariant: string;
            /**
             * @description Served where no rule says otherwise
             * @example off
             */
            defaultVariant: string;
            /** @example [] */
            allow: string[];
            /** @example null */
            allowVariant: string | null;
            /** @example [] */
            deny: string[];
            /**
             * Format: date-time
             * @example null
             */
            startsAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endsAt: string | null;
            prerequisites: components["schemas"]["FlagPrerequisiteView"][];
            rules: components["schemas"]["FlagRuleView"][];
            /** @example  */
            salt: string;
            /**
             * @description Its ETag; 0 where nothing is stored
             * @example 3
             */
            version: number;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            changedAt: string | null;
        };
        HeartbeatBody: {
            attempts: components["schemas"]["AttemptRef"][];
        };
        HeartbeatView: {
            /** @description Attempts that the agent holds no longer: it should stop them */
            released: components["schemas"]["AttemptRef"][];
            /**
             * @description The agent counts as gone when it is silent for so long
             * @example 45
             */
            leaseSeconds: number;
        };
        JobFailureView: {
            /** @example agents.wasm_time_exceeded */
            code: string;
            /** @example The job ran longer than 60000 ms. */
            message: string;
        };
        JobPage: {
            items: components["schemas"]["JobView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        JobResultView: {
            /** @example 0 */
            exitCode: number;
            /**
             * @description Present when the program trapped: why. Its exit code is 134
             * @example unreachable
             */
            trap?: string;
            /** @example hello */
            stdout: string;
            /** @example  */
            stderr: string;
            /**
             * @description Present when the output is not UTF-8 and therefore base64
             * @enum {string}
             */
            encoding?: "base64";
        };
        JobView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091
             */
            id: string;
            /** Format: uuid */
            bookingId: string;
            /** Format: uuid */
            clientId: string;
            /**
             * @example wasm
             * @enum {string}
             */
            kind: "wasm";
            /**
             * @example completed
             * @enum {string}
             */
            status: "queued" | "assigned" | "running" | "completed" | "failed" | "cancelled" | "expired";
            attempts: components["schemas"]["AttemptView"][];
            /** @description Why it ended without a result */
            failure: components["schemas"]["JobFailureView"] | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Unfinished by then, it expires
             */
            expiresAt: string;
            /** Format: date-time */
            finishedAt: string | null;
        };
        LedgerEntryPage: {
            items: components["schemas"]["LedgerEntryView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        LedgerEntryView: {
            /**
             * @description Counts from 1 per account, without gaps
             * @example 3
             */
            sequence: number;
            /**
             * @example transfer
             * @enum {string}
             */
            kind: "opening" | "transfer" | "internal" | "fee" | "unexplained";
            /**
             * @description Negative for what went out
             * @example -1.5
             */
            amount: string;
            /**
             * @description Balance after this entry
             * @example 98.5
             */
            balance: string;
            /**
             * @description The other side, where there is one
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            counterparty: string | null;
            /** @example null */
            transactionHash: string | null;
            /**
             * Format: uuid
             * @description The booking that was paid, or paid from
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            bookingId: string | null;
            /** @example 42 */
            blockNumber: number;
            /** Format: date-time */
            at: string;
        };
        LimitView: {
            /** @example offers-per-user */
            name: string;
            /**
             * @description The most that you may have
             * @example 1000
             */
            most: number;
            /** @example Offers on the market: available, reserved or in use. */
            meaning: string;
        };
        LimitsView: {
            items: components["schemas"]["LimitView"][];
        };
        LiveEventView: {
            /**
             * @description The same as the `event` of the stream
             * @example booking.funded
             */
            type: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            at: string;
            /** @example 4bf92f3577b34da6a3ce929d0e0e4736 */
            traceId: string | null;
            /**
             * @example {
             *       "bookingId": "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072",
             *       "status": "funded"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
        };
        LockCallView: {
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            to: string;
            /** @example 0x338b5dea */
            data: string;
            /**
             * @description In base units (1e-18 AIT), as a transaction takes it
             * @example 1500000000000000000
             */
            value: string;
            /** @example 7733 */
            chainId: number;
        };
        LockUserBody: {
            /** @example Reported as taken over, ticket 4711. */
            reason: string;
        };
        LoginBody: {
            /** @example ada@example.org */
            email: string;
            /** @example correct horse battery */
            password: string;
            /**
             * @description A code of the authenticator app or a recovery code, where the account has a second factor
             * @example 492039
             */
            code?: string;
        };
        Logout: {
            /** @description The session to end; without it all sessions of the caller end */
            refreshToken?: string;
        };
        ModuleStatusView: {
            /** @example marketplace */
            name: string;
            /**
             * @description Whether a running process hosts it
             * @example true
             */
            hosted: boolean;
            replicas: components["schemas"]["ReplicaView"][];
            /** @description The processes that reach it over Redis */
            callers: components["schemas"]["CallerView"][];
            /**
             * @description Percentage of its commands that leave a process that hosts it, too
             * @example 0
             */
            canaryShare: number;
            /**
             * @description Entries in its request streams that no replica has taken
             * @example 0
             */
            waiting: number;
            /**
             * @description Entries that a replica is working on
             * @example 0
             */
            pending: number;
            /**
             * @example [
             *       "wallet.EscrowLocked (durable)"
             *     ]
             */
            subscribes: string[];
            /**
             * @description Events that not every subscriber has confirmed
             * @example 0
             */
            outboxDepth: number;
            /** @example 0 */
            outboxOldestAgeSeconds: number;
            /**
             * @description Events given up, and those that wait behind them
             * @example 0
             */
            deadLetters: number;
            /**
             * @description Events that wait for what their handlers need, and are tried again
             * @example 0
             */
            delayedEvents: number;
        };
        NewPasskeyCredential: {
            /** @example b2Zf3kXyQ1q8mH7cYv0aGg */
            id: string;
            /** @example b2Zf3kXyQ1q8mH7cYv0aGg */
            rawId: string;
            /**
             * @example public-key
             * @enum {string}
             */
            type: "public-key";
            /** @example platform */
            authenticatorAttachment?: string | null;
            /** @example {} */
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            response: components["schemas"]["PasskeyAttestation"];
        };
        NextJobBody: {
            /**
             * @default 20
             * @example 20
             */
            waitSeconds?: number;
        };
        OfferPage: {
            items: components["schemas"]["OfferView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        OfferView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /**
             * Format: uuid
             * @description User id of the provider
             * @example 019a2b3c-0000-7000-8000-00000000000d
             */
            providerId: string;
            /**
             * Format: uuid
             * @description The wallet that earns
             * @example 019a2b3c-0000-7000-8000-000000000001
             */
            walletId: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            providerAddress: string;
            /** @example NVIDIA H100 SXM */
            gpuModel: string;
            /** @example 80 */
            gpuMemoryGb: number;
            /** @example 1 */
            gpuCount: number;
            /** @example eu-west */
            region: string;
            /**
             * @example [
             *       "wasm"
             *     ]
             */
            capabilities: string[];
            /**
             * @description Price per hour in AIT
             * @example 1.5
             */
            pricePerHour: string;
            /**
             * @example available
             * @enum {string}
             */
            status: "available" | "reserved" | "in_use" | "delisted" | "expired";
            /**
             * @description Grows by one with each change
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Not bookable from then on
             * @example null
             */
            expiresAt: string | null;
            /**
             * @description Agents of the offer that are online; with none it is not bookable unless `withoutAgent` is set. Null: not known now
             * @example 1
             */
            agentsOnline: number | null;
            /**
             * Format: date-time
             * @description When an agent was last heard from
             * @example 2026-01-01T00:00:00.000Z
             */
            agentSeenAt: string | null;
        };
        OpenSessionPage: {
            items: components["schemas"]["OpenSessionView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        OpenSessionView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /**
             * @description Whether the request was made in this session
             * @example true
             */
            current: boolean;
            /**
             * Format: date-time
             * @description Null for a session from before this was recorded
             * @example 2026-01-01T00:00:00.000Z
             */
            signedInAt: string | null;
            /**
             * Format: date-time
             * @description When its tokens were last issued
             * @example 2026-01-01T00:00:00.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description The address it was used from
             * @example 203.0.113.7
             */
            origin: string | null;
            /**
             * @description The User-Agent of its program
             * @example curl/8.5.0
             */
            client: string | null;
            /**
             * @example password
             * @enum {string|null}
             */
            method: "password" | "totp" | "passkey" | null;
            /**
             * Format: date-time
             * @description When it ends unless it is refreshed
             * @example 2026-01-31T00:00:00.000Z
             */
            expiresAt: string;
        };
        OutboxRowView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000001
             */
            messageId: string;
            /** @example wallet */
            target: string;
            /** @example marketplace.SettlementDue */
            name: string;
            /** @example 01914b7a-2f60-7000-8000-000000000002 */
            key: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            publishedAt: string;
        };
        OutboxShareView: {
            /**
             * @description The module that has yet to confirm them
             * @example wallet
             */
            target: string;
            /** @example marketplace.SettlementDue */
            name: string;
            /** @example 12 */
            count: number;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            oldest: string;
        };
        OutboxView: {
            /**
             * @description The module that published them
             * @example marketplace
             */
            module: string;
            waiting: components["schemas"]["OutboxShareView"][];
            /** @description The first in line; what they hold is not shown */
            first: components["schemas"]["OutboxRowView"][];
            /**
             * @description Why nothing is known of it
             * @example null
             */
            problem: string | null;
        };
        OverviewProblemView: {
            /**
             * @example dead_letters
             * @enum {string}
             */
            kind: "module_absent" | "module_silent" | "replica_broken" | "breaker_open" | "dead_letters" | "events_delayed" | "outbox_old";
            /** @example wallet */
            module: string;
            /** @example 2 events wait for an operator. */
            message: string;
        };
        OverviewView: {
            /**
             * Format: date-time
             * @description It is made in the background
             */
            generatedAt: string;
            /**
             * @description How old it is; asked again, a newer one is there
             * @example 0.4
             */
            ageSeconds: number;
            /**
             * @description What each module says of itself in a few numbers
             * @example {
             *       "marketplace": {
             *         "bookingsByStatus": {
             *           "active": 1
             *         }
             *       },
             *       "agents": {
             *         "online": 1
             *       }
             *     }
             */
            summaries: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            /**
             * @description Modules that did not answer
             * @example []
             */
            unavailable: string[];
            modules: components["schemas"]["ModuleStatusView"][];
            series: components["schemas"]["SparklineView"][];
            /** @description What to look at now */
            problems: components["schemas"]["OverviewProblemView"][];
        };
        PasskeyAssertion: {
            /** @example eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0 */
            clientDataJSON: string;
            /** @example SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ */
            authenticatorData: string;
            /** @example MEUCIQDx */
            signature: string;
            /** @example MDE5YTJiM2MtNGQ1ZS03ZjYwLThhMWItMmMzZDRlNWY2MDcx */
            userHandle: string;
        };
        PasskeyAttestation: {
            /** @example eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0 */
            clientDataJSON: string;
            /** @example o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg */
            attestationObject: string;
            /**
             * @example [
             *       "internal",
             *       "hybrid"
             *     ]
             */
            transports?: string[];
            /**
             * @description Stands in `attestationObject` too
             * @example SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAA
             */
            authenticatorData?: string;
            /**
             * @description Stands in `attestationObject` too
             * @example MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
             */
            publicKey?: string | null;
            /**
             * @description Stands in `attestationObject` too
             * @example -7
             */
            publicKeyAlgorithm?: number;
        };
        PasskeyCreationView: {
            /**
             * @description For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create` of a browser. Valid for five minutes.
             * @example {
             *       "challenge": "kq9T…",
             *       "rp": {
             *         "id": "api.example.org",
             *         "name": "AITBC"
             *       }
             *     }
             */
            options: {
                [key: string]: unknown;
            };
        };
        PasskeyPage: {
            items: components["schemas"]["PasskeyView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        PasskeyRequestView: {
            /**
             * @description For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` of a browser. Valid for five minutes.
             * @example {
             *       "challenge": "kq9T…",
             *       "rpId": "api.example.org",
             *       "userVerification": "required"
             *     }
             */
            options: {
                [key: string]: unknown;
            };
        };
        PasskeyView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /** @example laptop */
            name: string;
            /**
             * @description Whether its keeper copies it to other devices of the user
             * @example true
             */
            synced: boolean;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null before its first use
             * @example 2026-01-02T03:04:05.000Z
             */
            lastUsedAt: string | null;
        };
        PendingView: {
            /** @example wallet */
            module: string;
            /**
             * @example calls
             * @enum {string}
             */
            kind: "calls" | "events";
            /**
             * @description The process that has taken it
             * @example gpu-1-4711-9f2c1a
             */
            process: string;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            sentAt: string;
            /**
             * @description More than one: it was taken over from a process that ended or stood still
             * @example 1
             */
            deliveries: number;
        };
        Problem: {
            /** @example urn:aitbc:problem:marketplace.offer_unavailable */
            type: string;
            /** @example Offer unavailable */
            title: string;
            /** @example 409 */
            status: number;
            /** @example marketplace.offer_unavailable */
            code: string;
            /** @example The offer is not available. */
            detail: string;
            /** @description What is wrong with which field, for bad input */
            errors?: components["schemas"]["ProblemField"][];
            /** @description What the code says more about */
            details?: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description Quote it when asking for help
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            requestId?: string;
        };
        ProblemField: {
            /**
             * @description Path of the field, such as `task.args.0`
             * @example durationHours
             */
            field: string;
            /** @example durationHours must not be less than 1 */
            message: string;
        };
        ProcessBreakerView: {
            /** @example gpu-1-4711-9f2c1a */
            process: string;
            /**
             * @example isolated
             * @enum {string|null}
             */
            breaker: "closed" | "half_open" | "open" | "isolated" | null;
            /**
             * @description Why the process could not be told
             * @example null
             */
            problem: string | null;
        };
        ReceiptView: {
            /** @example 1 */
            version: number;
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091
             */
            jobId: string;
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            bookingId: string;
            /**
             * @description Address that the escrow pays
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            provider: string;
            /**
             * @description Address that locked the price
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            client: string;
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6081
             */
            agentId: string;
            /**
             * @example wasm
             * @enum {string}
             */
            kind: "wasm";
            /**
             * @description Whole milliseconds of execution
             * @example 12
             */
            units: number;
            /**
             * @example millisecond
             * @enum {string}
             */
            unitType: "millisecond";
            /**
             * @description In UTC, with milliseconds, just so
             * @example 2026-01-01T00:00:00.000Z
             */
            startedAt: string;
            /**
             * @description In UTC, with milliseconds, just so
             * @example 2026-01-01T00:00:00.000Z
             */
            finishedAt: string;
            /**
             * @description SHA-256 of the result's canonical JSON (RFC 8785)
             * @example 0x5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e
             */
            resultHash: string;
        };
        RecoveryCodesView: {
            /**
             * @description Each works once, when the app is lost. Shown this once.
             * @example [
             *       "4kzq-8wmr-x2ah-nd7c",
             *       "9bte-3vys-hq5m-k8rx"
             *     ]
             */
            recoveryCodes: string[];
        };
        RefreshBody: {
            /**
             * @description From the last answer of register, login or refresh
             * @example Yy1H…
             */
            refreshToken: string;
        };
        RefuseBookingBody: {
            /** @example The machine is down for repair. */
            reason?: string;
        };
        RegisterAgent: {
            /** @example rack 12 */
            name: string;
            /**
             * @example [
             *       "wasm"
             *     ]
             */
            capabilities: "wasm"[];
            /**
             * @example [
             *       "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071"
             *     ]
             */
            offerIds: string[];
            /**
             * @default 1
             * @example 1
             */
            concurrency?: number;
            /** @example eu-west */
            region?: string;
        };
        RegisterBody: {
            /** @example ada@example.org */
            email: string;
            /** @example correct horse battery */
            password: string;
        };
        RegisteredAgentView: {
            agent: components["schemas"]["AgentView"];
            /**
             * @description For AITBC_AGENT_TOKEN; shown this once
             * @example aitbc_agent_…
             */
            token: string;
        };
        RegistrationPendingView: {
            /**
             * @description Where a mail has been sent
             * @example ada@example.org
             */
            email: string;
            /**
             * @description Confirm with the code from the mail
             * @example mailed
             * @enum {string}
             */
            confirmation: "mailed";
        };
        RemoveSecondFactorBody: {
            /**
             * @description How the user proved who they are; for the audit log
             * @example Lost phone; proved by a call to the number on file, ticket 4712.
             */
            reason: string;
        };
        RemoveTotp: {
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
            /**
             * @description A code of the authenticator app, or a recovery code
             * @example 492039
             */
            code: string;
        };
        RenameAgentBody: {
            /** @example rack 12 */
            name: string;
        };
        RenamePasskeyBody: {
            /** @example laptop */
            name: string;
        };
        ReplaceRecoveryCodes: {
            /**
             * @description The password of the caller
             * @example correct horse battery
             */
            password: string;
            /**
             * @description A code of the authenticator app, or a recovery code
             * @example 492039
             */
            code: string;
        };
        ReplayDeadLetters: {
            /** @example wallet */
            module?: string;
            /** @example SettleEscrow */
            handler?: string;
            /**
             * @description The event
             * @example marketplace.SettlementDue
             */
            name?: string;
            /** @example internal_error */
            errorCode?: string;
            /**
             * @default 20
             * @example 20
             */
            limit?: number;
            /**
             * @description `nextCursor` of the report before
             * @example WyIwMTlhMmIzYyJd
             */
            cursor?: string;
        };
        ReplayOutcomeView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            id: string;
            /** @example wallet */
            module: string;
            /** @example SettleEscrow */
            handler: string;
            /** @example 01914b7a-2f60-7000-8000-000000000002 */
            key: string;
            /**
             * @description How many events of the key were applied
             * @example 1
             */
            applied: number;
            /**
             * @description Why it failed again
             * @example null
             */
            errorCode: string | null;
        };
        ReplayReportView: {
            letters: components["schemas"]["ReplayOutcomeView"][];
            /**
             * @description Whether more that fit were not tried, for want of time or by the limit
             * @example false
             */
            hasMore: boolean;
            /**
             * @description The `cursor` with which a next call goes on behind those tried; null when there are no more
             * @example null
             */
            nextCursor: string | null;
        };
        ReplayedView: {
            /**
             * @description How many events of the key were applied
             * @example 3
             */
            applied: number;
        };
        ReplicaView: {
            /**
             * @description The process
             * @example gpu-1-4711-9f2c1a
             */
            process: string;
            /** @example 0.1.0 */
            version: string;
            /**
             * @description The deployment that it belongs to
             * @example blue
             */
            color: string;
            /** @example gpu-1 */
            host: string;
            /** Format: date-time */
            since: string;
            /**
             * @description Whether it relays the events and does the recurring work
             * @example true
             */
            leads: boolean;
            /**
             * @description Why its figures are missing: it does not answer, or its database is away
             * @example null
             */
            problem: string | null;
        };
        RequestAddressChallenge: {
            /**
             * @description The address that will lock the money by itself
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
        };
        RequestPasswordReset: {
            /** @example ada@example.org */
            email: string;
        };
        RequeueJobBody: {
            /** @example Its agent hangs, ticket 4711. */
            reason: string;
        };
        ResetPassword: {
            /**
             * @description The code from the mail
             * @example Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs
             */
            token: string;
            /** @example staple of the correct horse */
            newPassword: string;
        };
        SecondFactorView: {
            /**
             * @description Whether signing in takes a code of an authenticator app
             * @example true
             */
            totp: boolean;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            since: string | null;
            /**
             * @description Passkeys that sign in without a password
             * @example 2
             */
            passkeys: number;
            /**
             * @description Recovery codes that have not been used
             * @example 9
             */
            recoveryCodesLeft: number;
        };
        SendTransferBody: {
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            to: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 1.5
             */
            amount: string;
        };
        SeriesInfoView: {
            /** @example jobs_queued */
            name: string;
            /** @example Jobs that wait for an agent */
            help: string;
            /**
             * @example count
             * @enum {string}
             */
            unit: "per_second" | "per_minute" | "ratio" | "seconds" | "count" | "ait";
            /**
             * @description What to ask a Prometheus that scrapes every process for the same
             * @example max(aitbc_jobs{status=~"queued"})
             */
            promql: string;
        };
        SeriesPointView: {
            /**
             * Format: date-time
             * @description When the time begins that it stands for
             * @example 2026-01-01T00:00:00.000Z
             */
            at: string;
            /** @example 2 */
            min: number;
            /** @example 7 */
            max: number;
            /**
             * @description Mean; of ratios over all requests, of a quantile over its observations
             * @example 4.5
             */
            avg: number;
        };
        SeriesView: {
            /** @example jobs_queued */
            name: string;
            /**
             * @example count
             * @enum {string}
             */
            unit: "per_second" | "per_minute" | "ratio" | "seconds" | "count" | "ait";
            /**
             * @example 1m
             * @enum {string}
             */
            resolution: "10s" | "1m" | "15m" | "6h";
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-01-01T01:00:00.000Z
             */
            to: string;
            /** @description Oldest first; where nothing is known there is no point */
            points: components["schemas"]["SeriesPointView"][];
        };
        ServiceLevelView: {
            /**
             * @description Which requests: read, write, rpc, agents, admin
             * @example write
             */
            group: string;
            /**
             * @example latency
             * @enum {string}
             */
            kind: "availability" | "latency";
            /**
             * @description Share of requests that are to be good
             * @example 0.99
             */
            objective: number;
            /**
             * @description For latency: answered within so many seconds is good
             * @example 1
             */
            withinSeconds: number | null;
            /** @example 28 */
            days: number;
            /**
             * @description Requests in these days
             * @example 120000
             */
            requests: number;
            /**
             * @description Share of them that was good; null without requests
             * @example 0.995
             */
            attained: number | null;
            /**
             * @description Of the bad requests that the objective allows; below zero: overspent
             * @example 0.5
             */
            budgetLeft: number;
            /**
             * @description At 1 the budget lasts for exactly 28 days; over the last hour
             * @example 0.4
             */
            burnRate1h: number | null;
            /**
             * @description Over the last six hours
             * @example 0.6
             */
            burnRate6h: number | null;
        };
        SessionView: {
            user: components["schemas"]["UserView"];
            /** @description Goes into `Authorization: Bearer …` */
            accessToken: string;
            /** @description Works once, at `POST /v1/auth/refresh` */
            refreshToken: string;
            /**
             * @description Seconds until the access token expires
             * @example 900
             */
            expiresIn: number;
            /**
             * @description Roles that the access token lacks until the user signs in with a second factor or a passkey
             * @example []
             */
            withheldRoles: string[];
        };
        SetAgentKeyBody: {
            /**
             * @description Ed25519 public key, 32 bytes as base64url
             * @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
             */
            publicKey: string;
        };
        SetUserRolesBody: {
            /**
             * @description All of them; `user` always
             * @example [
             *       "user",
             *       "operator"
             *     ]
             */
            roles: ("user" | "operator" | "admin")[];
        };
        SignInWithPasskeyBody: {
            credential: components["schemas"]["UsedPasskeyCredential"];
        };
        SignedReceiptView: {
            receipt: components["schemas"]["ReceiptView"];
            /** @description Ed25519 over the receipt's canonical JSON, base64url */
            agentSignature: string;
            /** @description base64url of 32 bytes */
            agentPublicKey: string;
            /** @description EIP-191 over SHA-256 of the canonical JSON of the three fields above, 0x hex */
            platformSignature: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            platformAddress: string;
        };
        SilenceAlerts: {
            /** @example ChainStalled */
            rule?: string;
            /**
             * @example warning
             * @enum {string}
             */
            severity?: "info" | "warning" | "critical";
            /**
             * Format: date-time
             * @example 2099-01-01T00:00:00.000Z
             */
            until: string;
            /** @example The validator is moved to another machine */
            comment: string;
        };
        SilenceView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f60b1
             */
            id: string;
            /**
             * @description Null: every rule
             * @example ChainStalled
             */
            rule: string | null;
            /**
             * @description Null: every severity
             * @example null
             * @enum {string|null}
             */
            severity: "info" | "warning" | "critical" | null;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            until: string;
            /** @example The validator is moved to another machine */
            comment: string;
            /** @description The operator’s id */
            createdBy: string;
        };
        SpanView: {
            /** @example 00f067aa0ba902b7 */
            spanId: string;
            /** @example 53995c3f42cd8ad8 */
            parentSpanId?: string;
            /** @example command marketplace.BookOffer */
            name: string;
            /** @example internal */
            kind: string;
            /**
             * @description The process that it took place in
             * @example gpu-1-4711-9f2c1a
             */
            process: string;
            /** Format: date-time */
            startedAt: string;
            /** @example 3.2 */
            durationMs: number;
            /**
             * @description How many spans are around it
             * @example 1
             */
            depth: number;
            /**
             * @description Milliseconds from the start of the trace
             * @example 4.75
             */
            offsetMs: number;
            /**
             * @description Milliseconds in which none of the spans inside it ran
             * @example 1.1
             */
            selfMs: number;
            /** @example false */
            failed: boolean;
            /**
             * @example {
             *       "http.response.status_code": 202
             *     }
             */
            attributes: {
                [key: string]: unknown;
            };
            /** @description Trace ids that the span is linked to */
            links: string[];
        };
        SparklineView: {
            /** @example jobs_queued */
            name: string;
            /**
             * @example count
             * @enum {string}
             */
            unit: "per_second" | "per_minute" | "ratio" | "seconds" | "count" | "ait";
            /**
             * @description The last known; null when none is
             * @example 4
             */
            value: number | null;
            /**
             * @description Means of the last 61 minutes, oldest first; null where nothing is known
             * @example [
             *       2,
             *       null,
             *       4
             *     ]
             */
            points: (number | null)[];
        };
        SubmitFailureBody: {
            /**
             * @example agents.wasm_trapped
             * @enum {string}
             */
            code: "agents.wasm_too_large" | "agents.wasm_malformed" | "agents.wasm_forbidden_feature" | "agents.wasm_forbidden_import" | "agents.wasm_no_entry" | "agents.wasm_memory_exceeded" | "agents.wasm_time_exceeded" | "agents.wasm_output_exceeded" | "agents.wasm_trapped" | "agents.executor_failed" | "agents.unsupported_kind";
            /** @example The job stopped: unreachable. */
            message: string;
        };
        SubmitJob: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            bookingId: string;
            task: components["schemas"]["WasmTask"];
            /**
             * @default 900
             * @example 900
             */
            ttlSeconds?: number;
        };
        SubmitResultBody: {
            result: components["schemas"]["JobResultView"];
            receipt: components["schemas"]["ReceiptView"];
            /**
             * @description Ed25519 over the receipt's canonical JSON, base64url
             * @example 0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o0t5o5w
             */
            agentSignature: string;
            /**
             * @description base64url of 32 bytes
             * @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
             */
            agentPublicKey: string;
        };
        TotpConfirmedView: {
            /**
             * @description Each works once, when the app is lost. Shown this once.
             * @example [
             *       "4kzq-8wmr-x2ah-nd7c",
             *       "9bte-3vys-hq5m-k8rx"
             *     ]
             */
            recoveryCodes: string[];
            /** @description All sessions of before have ended */
            session: components["schemas"]["SessionView"];
        };
        TotpSetupView: {
            /**
             * @description For apps that take no QR code
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description The content of the QR code
             * @example otpauth://totp/AITBC:ada%40example.org?issuer=AITBC&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            uri: string;
        };
        TraceSummaryPage: {
            items: components["schemas"]["TraceSummaryView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        TraceSummaryView: {
            /** @example 4bf92f3577b34da6a3ce929d0e0e4736 */
            traceId: string;
            /**
             * @description The span that it began with
             * @example POST /v1/offers/:id/bookings
             */
            name: string;
            /**
             * @description `error`: at least one span failed
             * @enum {string}
             */
            status: "ok" | "error";
            /** Format: date-time */
            startedAt: string;
            /**
             * @description Of the span that it began with, in milliseconds
             * @example 12.5
             */
            durationMs: number;
            /**
             * @description From its start to the end of its last span, in milliseconds
             * @example 2100.25
             */
            spreadMs: number;
            /** @example 34 */
            spanCount: number;
        };
        TraceView: {
            /** @example 4bf92f3577b34da6a3ce929d0e0e4736 */
            traceId: string;
            /** Format: date-time */
            startedAt: string;
            /**
             * @description From its start to the end of its last span
             * @example 2100.25
             */
            durationMs: number;
            /** @description As a waterfall shows them: each behind the one that caused it */
            spans: components["schemas"]["SpanView"][];
        };
        TransactionView: {
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            hash: string;
            /** @enum {string} */
            status: "pending" | "succeeded" | "reverted";
            /** @example 42 */
            blockNumber: number | null;
            /** @example 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 */
            blockHash: string | null;
            /** @example 0x52908400098527886E0F7030069857D2E4169EE7 */
            from: string;
            /** @example 0x52908400098527886E0F7030069857D2E4169EE7 */
            to: string | null;
            /**
             * @description Amount of AIT as a decimal string
             * @example 12.5
             */
            value: string;
            /** @example 7 */
            nonce: number;
            /**
             * @description What the sender paid for gas; null while pending
             * @example 12.5
             */
            fee: string | null;
            /** @example 21000 */
            gasUsed: number | null;
            /** @example 0x52908400098527886E0F7030069857D2E4169EE7 */
            contractAddress: string | null;
        };
        TransferPage: {
            items: components["schemas"]["TransferView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        TransferView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072
             */
            walletId: string;
            /**
             * @example transfer
             * @enum {string}
             */
            kind: "transfer" | "escrow_lock";
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            to: string;
            /**
             * @description Amount of AIT as a decimal string
             * @example 12.5
             */
            amount: string;
            /** @example 0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b */
            transactionHash: string;
            /**
             * @example signed
             * @enum {string}
             */
            status: "signed" | "submitted" | "confirmed" | "reverted" | "failed";
            /**
             * @description Why it failed, as a code
             * @example null
             */
            failure: string | null;
            /** @example null */
            blockNumber: number | null;
            /** Format: date-time */
            createdAt: string;
        };
        UnlockWalletBody: {
            /** @example correct horse battery staple */
            password: string;
            /**
             * @default 900
             * @example 900
             */
            ttlSeconds?: number;
        };
        UnlockedView: {
            /**
             * Format: date-time
             * @example 2026-01-01T00:15:00.000Z
             */
            unlockedUntil: string;
        };
        UsedPasskeyCredential: {
            /** @example b2Zf3kXyQ1q8mH7cYv0aGg */
            id: string;
            /** @example b2Zf3kXyQ1q8mH7cYv0aGg */
            rawId: string;
            /**
             * @example public-key
             * @enum {string}
             */
            type: "public-key";
            /** @example platform */
            authenticatorAttachment?: string | null;
            /** @example {} */
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            response: components["schemas"]["PasskeyAssertion"];
        };
        UserView: {
            /**
             * Format: uuid
             * @example 01914b7a-2f60-7000-8000-000000000000
             */
            id: string;
            /** @example ada@example.org */
            email: string;
            /**
             * @example [
             *       "user"
             *     ]
             */
            roles: ("user" | "operator" | "admin")[];
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether the owner proved to read mails to this address
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Whether signing in takes a code besides the password
             * @example false
             */
            secondFactor: boolean;
        };
        VerifyEmail: {
            /**
             * @description The code from the mail
             * @example Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs
             */
            token: string;
        };
        WalletPage: {
            items: components["schemas"]["WalletView"][];
            /**
             * @description Null on the last page
             * @example null
             */
            nextCursor: string | null;
        };
        WalletView: {
            /**
             * Format: uuid
             * @example 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071
             */
            id: string;
            /** @example Training budget */
            name: string;
            /**
             * @description EIP-55 address
             * @example 0x52908400098527886E0F7030069857D2E4169EE7
             */
            address: string;
            /**
             * @description Balance on the chain, in AIT
             * @example 100
             */
            balance: string;
            /**
             * Format: date-time
             * @description Null while it is locked
             * @example null
             */
            unlockedUntil: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        WasmTask: {
            /**
             * @example wasm
             * @enum {string}
             */
            kind: "wasm";
            /**
             * @description WebAssembly module, base64, at most 1 MiB: exports _start, imports WASI preview 1 only
             * @example AGFzbQEAAAABBAFgAAADAgEABwoBBl9zdGFydAAACgQBAgAL
             */
            module: string;
            /**
             * @description Arguments after the name of the program
             * @example [
             *       "--fast"
             *     ]
             */
            args?: string[];
            /**
             * @description Environment variables
             * @example {
             *       "MODEL": "tiny"
             *     }
             */
            env?: {
                [key: string]: string;
            };
            /** @example hello */
            stdin?: string;
        };
    };
    responses: {
        /** @description Internal Server Error: `internal_error` */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized: `gateway.invalid_token`, `gateway.token_expired`, `gateway.token_withdrawn`, `unauthenticated` */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests: `gateway.rate_limited` */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden: `forbidden`, `gateway.account_locked` */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type: `unsupported_media_type` */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large: `body_too_complex`, `body_too_large`, `message_too_large` */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `unavailable`, `unsupported_version` */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Bad Request: `bad_request`, `malformed_json`, `validation_failed` */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity: `gateway.idempotency_key_reused` */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found: `gateway.user_not_found` */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict: `already_done`, `concurrency_conflict` */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Required: `precondition_required` */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Gone: `gateway.mailed_code_invalid` */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Failed: `monitoring.flag_changed` */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    callRpc: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | Record<string, never>[];
            };
        };
        responses: {
            /** @description The answers, errors of calls and of the body among them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never> | Record<string, never>[];
                };
            };
            /** @description Payload Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The calls weigh more than the caller has left: the error -32005 for each, with Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never> | Record<string, never>[];
                };
            };
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestAddressChallenge: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestAddressChallenge"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressChallengeView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `unavailable`, `unsupported_version`, `wallet.escrow_not_ready` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllAgents: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description User id */
                ownerId?: string;
                /** @description Retired ones are not listed otherwise */
                status?: "online" | "offline" | "retired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnyAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlertChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannelView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertChannelBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannelView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `monitoring.alert_channel_url_refused`, `monitoring.smtp_not_configured`, `monitoring.too_many_alert_channels` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_channel_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `monitoring.alert_channel_in_use` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    testAlertChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_channel_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `monitoring.alert_channel_is_off` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAlertRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRuleView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRuleView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_rule_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertRuleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRuleView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `monitoring.too_many_alert_rules`, `monitoring.unknown_channel`, `monitoring.unknown_series` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_rule_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `monitoring.alert_rule_is_shipped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                state?: "pending" | "firing" | "resolved";
                severity?: "info" | "warning" | "critical";
                rule?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcknowledgeAlertBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.alert_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `monitoring.alert_is_over` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAuditRecords: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Who did it: a user id */
                actor?: string;
                /** @description How the name of what was changed begins */
                resource?: string;
                action?: string;
                /** @description Not before */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditRecordPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAuditLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as it reached when it was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditHeadView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllBookings: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                status?: "requested" | "funded" | "active" | "ended" | "disputed" | "settling" | "settled" | "cancelled";
                /** @description User id */
                clientId?: string;
                /** @description User id */
                providerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnyBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version`, `wallet.escrow_not_ready` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideDispute: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideBookingBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.party_cannot_decide` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `gateway.idempotency_key_reused`, `marketplace.decision_exceeds_total` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disputeForClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeForClientBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.party_cannot_decide` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                module?: string;
                handler?: string;
                /** @description The event */
                name?: string;
                key?: string;
                state?: "failed" | "waiting" | "delayed";
                errorCode?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayDeadLetters"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayReportView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `dead_letter_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `dead_letter_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `dead_letter_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `dead_letter_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEscrows: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                state?: "open" | "settled";
                /** @description User id */
                clientId?: string;
                /** @description User id */
                providerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscrowPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamOperatorEvents: {
        parameters: {
            query?: {
                /** @description The id of the last event that the client has: those after it come first. As the header `Last-Event-ID`, which an EventSource sends by itself */
                lastEventId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disputes, alerts that fire and are over, and what other operators do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 3000
                     *
                     *     id: 4712
                     *     event: booking.funded
                     *     data: {"type":"booking.funded","at":"2026-01-01T00:00:00.000Z","traceId":null,"data":{"bookingId":"019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072","status":"funded"}}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Too Many Requests: `gateway.rate_limited`, `monitoring.too_many_streams` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `monitoring.no_stream_free`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFlags: {
        parameters: {
            query?: {
                /** @description Whether archived flags are listed too */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagView"][];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createFlag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFlag"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `monitoring.flag_exists`, `monitoring.too_many_flags` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large: `body_too_complex`, `body_too_large`, `message_too_large`, `monitoring.flag_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFlag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.flag_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeFlag: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is to be changed, or `*` for whatever is there */
                "If-Match": string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeFlagBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.flag_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `monitoring.flag_archived`, `monitoring.too_many_flags` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            /** @description Payload Too Large: `body_too_complex`, `body_too_large`, `message_too_large`, `monitoring.flag_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    archiveFlag: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is to be changed, or `*` for whatever is there */
                "If-Match": string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.flag_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `monitoring.flag_archived`, `monitoring.flag_needed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    evaluateFlag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluateFlagBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagEvaluationView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.user_not_found`, `monitoring.flag_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAllJobs: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                status?: "queued" | "assigned" | "running" | "completed" | "failed" | "cancelled" | "expired";
                bookingId?: string;
                /** @description User id */
                clientId?: string;
                /** @description User id */
                providerId?: string;
                /** @description The agent that holds it, or held it last */
                agentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnyJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJobAsOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelJobAsOperatorBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `agents.party_cannot_change_job`, `forbidden`, `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.job_already_finished`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    requeueJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequeueJobBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `agents.party_cannot_change_job`, `forbidden`, `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.job_not_held`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listModules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModuleStatusView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setBreaker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakerBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakerView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.module_unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `monitoring.breaker_needed`, `monitoring.no_breaker` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setCanaryShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanaryShareBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.module_unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOutboxes: {
        parameters: {
            query?: {
                /** @description All modules unless given */
                module?: string;
                /** @description Rows of each module */
                limit?: number;
                /** @description The subscriber */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxView"][];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPendingMessages: {
        parameters: {
            query?: {
                /** @description All modules unless given */
                module?: string;
                /** @description Rows of each module */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingView"][];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSeries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesInfoView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSeries: {
        parameters: {
            query?: {
                /** @description An hour before `to` unless given */
                from?: string;
                /** @description Now unless given */
                to?: string;
                /** @description Kept for two hours, two days, 30 days, 400 days. The finest that is kept for so long, with at most 1,500 points, unless given */
                resolution?: "10s" | "1m" | "15m" | "6h";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.series_unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServiceLevels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceLevelView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSilences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SilenceView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    silenceAlerts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SilenceAlerts"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SilenceView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `gateway.idempotency_key_reused`, `monitoring.silence_is_past`, `monitoring.silence_matches_all`, `monitoring.too_many_silences`, `monitoring.unknown_rule` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSilence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.silence_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTraces: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Part of the name of the span that it began with */
                name?: string;
                status?: "ok" | "error";
                /** @description At least so many milliseconds */
                minDurationMs?: number;
                /** @description Begun then or later */
                from?: string;
                /** @description Begun before */
                to?: string;
                /** @description The id of a booking, job, offer, agent or request that one of its spans is about */
                about?: string;
                /** @description Only what requests began, unless a name or a subject is asked for; `all`: the background work of the system, too */
                origin?: "requests" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceSummaryPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `monitoring.trace_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `process_silent`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchUsers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Part of the email, in any case */
                email?: string;
                role?: "user" | "operator" | "admin";
                locked?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDetailsView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lockUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockUserBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.only_administrator_may`, `gateway.own_account` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setUserRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUserRolesBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.only_administrator_may`, `gateway.own_account` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `concurrency_conflict`, `gateway.last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveSecondFactorBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.only_administrator_may`, `gateway.own_account` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signOutUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.only_administrator_may` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.only_administrator_may`, `gateway.own_account` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description User id */
                ownerId?: string;
                /** @description Retired ones are not listed otherwise */
                status?: "online" | "offline" | "retired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAgent"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredAgentView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `agents.offer_not_owned`, `forbidden`, `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.offer_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getOwnAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    renameAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameAgentBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendHeartbeat: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeartbeatBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    takeNextJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NextJobBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentView"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found`, `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.key_missing`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setAgentKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetAgentKeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.key_already_set`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `agents.weak_key` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rekeyAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredAgentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.agent_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_not_set_up`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.api_key_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    requestEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.email_verified_already`, `gateway.mail_not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyEmail"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized: `gateway.second_factor_required`, `gateway.wrong_credentials` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `gateway.account_locked`, `gateway.wrong_code` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Logout"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAccount"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.account_in_use`, `gateway.last_administrator`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was when each line was read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.user_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPasskeys: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddPasskey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.passkey_exists`, `gateway.passkeys_unavailable`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone: `gateway.passkey_challenge_invalid` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `gateway.idempotency_key_reused`, `gateway.passkey_refused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logInWithPasskey: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInWithPasskeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized: `gateway.passkey_not_accepted` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `gateway.passkeys_unavailable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone: `gateway.passkey_challenge_invalid` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    beginPasskeyLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestView"];
                };
            };
            /** @description Bad Request: `malformed_json` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `gateway.passkeys_unavailable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large: `body_too_complex`, `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header: {
                authorization: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginPasskeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreationView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.passkey_needed`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `concurrency_conflict`, `gateway.passkeys_unavailable`, `gateway.second_factor_not_set_up`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header: {
                authorization: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.passkey_needed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `gateway.passkey_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenamePasskeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.passkey_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestPasswordReset"];
            };
        };
        responses: {
            /** @description If there is an account, a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.mail_not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized: `gateway.invalid_token`, `gateway.refresh_token_reused`, `gateway.token_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    registerUser: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationPendingView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `gateway.registration_closed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirmRegistration: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmRegistrationBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            410: components["responses"]["Gone"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceRecoveryCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceRecoveryCodes"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header: {
                authorization: string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginTotpBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpSetupView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.passkey_needed`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_exists`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header: {
                "user-agent": string;
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmTotpBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpConfirmedView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_exists`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveTotp"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `gateway.wrong_code`, `gateway.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `gateway.second_factor_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `gateway.too_many_attempts`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header: {
                authorization: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSessionPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.session_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listBookings: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                status?: "requested" | "funded" | "active" | "ended" | "disputed" | "settling" | "settled" | "cancelled";
                /** @description User id */
                clientId?: string;
                /** @description User id */
                providerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version`, `wallet.escrow_not_ready` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.only_client_may` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    completeBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.only_client_may` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disputeBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeBookingBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refuseBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseBookingBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.only_provider_may` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.booking_action_not_possible` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getChain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainView"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChainAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainAccountView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden: `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBlocks: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                numberOrHash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `blockchain.block_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `blockchain.transaction_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description The id of the last event that the client has: those after it come first. As the header `Last-Event-ID`, which an EventSource sends by itself */
                lastEventId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `booking.*`, `job.*` and `transfer.*`, each with the status that it has now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 3000
                     *
                     *     id: 4712
                     *     event: booking.funded
                     *     data: {"type":"booking.funded","at":"2026-01-01T00:00:00.000Z","traceId":null,"data":{"bookingId":"019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072","status":"funded"}}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Too Many Requests: `gateway.rate_limited`, `monitoring.too_many_streams` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `monitoring.no_stream_free`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                status?: "queued" | "assigned" | "running" | "completed" | "failed" | "cancelled" | "expired";
                bookingId?: string;
                /** @description User id */
                clientId?: string;
                /** @description User id */
                providerId?: string;
                /** @description The agent that holds it, or held it last */
                agentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitJob"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `agents.only_client_may_submit`, `forbidden`, `gateway.account_locked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `marketplace.booking_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.booking_not_open`, `already_done`, `concurrency_conflict`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large: `agents.wasm_too_large`, `body_too_complex`, `body_too_large`, `message_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `agents.wasm_forbidden_feature`, `agents.wasm_forbidden_import`, `agents.wasm_malformed`, `agents.wasm_memory_exceeded`, `agents.wasm_no_entry`, `gateway.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `unavailable`, `unsupported_version`, `wallet.escrow_not_ready` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitFailure: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitFailureBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.attempt_not_held`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    submitResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitResultBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.attempt_not_held`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `agents.receipt_refused`, `gateway.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.job_already_finished`, `already_done`, `concurrency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedReceiptView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.job_not_finished` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone: `agents.no_result` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `agents.receipt_not_ready`, `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJobResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResultView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `agents.job_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `agents.job_not_finished` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone: `agents.no_result` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOffers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                status?: "available" | "reserved" | "in_use" | "delisted" | "expired";
                /** @description User id of the provider */
                providerId?: string;
                /** @description Part of the model name, in any case */
                gpuModel?: string;
                region?: string;
                /** @description Highest price per hour in AIT */
                maxPricePerHour?: string;
                sort?: "-createdAt" | "createdAt" | "pricePerHour" | "-pricePerHour";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOffer"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.user_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.offer_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOffer: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is to be changed, or `*` for whatever is there */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOfferBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.offer_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `concurrency_conflict`, `marketplace.offer_not_cancellable`, `marketplace.offer_not_changeable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed: `marketplace.offer_changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bookOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookOfferBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `marketplace.own_offer` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `gateway.user_not_found`, `marketplace.booking_not_found`, `marketplace.offer_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `limit_reached`, `marketplace.agents_away`, `marketplace.offer_price_changed`, `marketplace.offer_unavailable`, `wallet.locked` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `blockchain.execution_failed`, `blockchain.execution_reverted`, `blockchain.insufficient_funds`, `gateway.idempotency_key_reused`, `marketplace.address_not_proved`, `wallet.insufficient_funds` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `blockchain.busy`, `blockchain.execution_timed_out`, `blockchain.not_ready`, `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `unavailable`, `unsupported_version`, `wallet.escrow_not_ready` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `marketplace.offer_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `marketplace.offer_not_cancellable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listWallets: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletPage"];
                };
            };
            /** @description Bad Request: `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWallet"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWalletView"];
                };
            };
            /** @description Bad Request: `malformed_json`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict: `already_done`, `concurrency_conflict`, `limit_reached`, `wallet.exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `gateway.idempotency_key_reused`, `wallet.invalid_mnemonic` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests: `gateway.rate_limited`, `too_many_at_once` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getWallet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletView"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `gateway.user_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestFaucet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaucetView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `wallet.faucet_closed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `gateway.user_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `wallet.locked` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `gateway.idempotency_key_reused`, `wallet.insufficient_funds` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests: `gateway.rate_limited`, `wallet.faucet_exhausted` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getLedger: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Then or later */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportLedger: {
        parameters: {
            query?: {
                /** @description Then or later */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example sequence,at,kind,amount,balance,counterparty,transactionHash,bookingId,blockNumber
                     *     2,2026-01-01T00:00:00.000Z,fee,-0.000021,99.999979,,0x6f1d…,,42
                     */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lockWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTransfers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferPage"];
                };
            };
            /** @description Bad Request: `bad_request`, `validation_failed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found: `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendTransfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendTransferBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `wallet.faucet_closed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `gateway.user_not_found`, `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict: `already_done`, `concurrency_conflict`, `wallet.locked` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity: `blockchain.execution_failed`, `blockchain.execution_reverted`, `blockchain.insufficient_funds`, `gateway.idempotency_key_reused`, `wallet.insufficient_funds` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests: `gateway.rate_limited`, `wallet.faucet_exhausted` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable: `blockchain.busy`, `blockchain.execution_timed_out`, `blockchain.not_ready`, `deadline_exceeded`, `gateway.maintenance`, `module_unavailable`, `outcome_unknown`, `overloaded`, `unavailable`, `unsupported_version` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request does nothing new and is answered as before. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnlockWalletBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnlockedView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Forbidden: `forbidden`, `gateway.account_locked`, `wallet.wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found: `wallet.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            /** @description Too Many Requests: `gateway.rate_limited`, `too_many_at_once`, `wallet.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
