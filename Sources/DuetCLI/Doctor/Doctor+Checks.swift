import CRMInterface
import HubSpotConnector
import SalesforceConnector
import SyncCore

/// What is looked at in both CRMs alike, and Salesforce's checks.
extension Doctor {
    package func checks(salesforce look: AccountLook, now: Int64) -> [Check] {
        if let refusal = look.refusal { return [Self.refused(.salesforce, refusal)] }
        let all = self.examine(salesforce: look.rights)
        func found(_ topic: Check.Topic) -> [Diagnosis] { all.filter { $0.code.topic == topic } }
        let objects = self.salesforceNeeds.objects
        let keys = Set(objects.flatMap(\.keys)).sorted()
        let account = look.rights.account
        var checks = [
            Check(
                .salesforce,
                .account,
                [account?.name, account?.edition, account?.isSandbox == true ? "sandbox" : nil]
                    .compactMap(\.self).joined(separator: ", ")
            ),
            Check(
                .salesforce,
                .rights,
                objects.map(\.name).joined(separator: ", "),
                found(.rights)
            ),
            Check(
                .salesforce,
                .fields,
                "\(objects.reduce(0) { $0 + $1.fields.count }) needed",
                found(.fields)
            ),
            Check(
                .salesforce,
                .keys,
                keys.isEmpty ? "none" : keys.joined(separator: ", "),
                found(.keys)
            ),
            Self.calls(.salesforce, look.rights.usage),
            Self.clock(
                .salesforce,
                look.rights.clockLead,
                isStrict: self.configuration.salesforce.assertion != nil
            ),
            Self.version(self.configuration.salesforce.apiVersion),
        ]
        if let end = look.rights.trialEndsAt { checks.append(Self.trial(end, now)) }
        return checks
    }

    // MARK: - Salesforce

    /// A release has no day yet: it is told as soon as it is announced.
    private static func version(_ version: SalesforceVersion) -> Check {
        guard let end = version.end else { return Check(.salesforce, .version, version.name) }
        let found = Diagnosis(
            .salesforce,
            .expires,
            "version \(version.name) of Salesforce's API",
            cause:
                "Salesforce has announced the end of version \(version.name) of its API for \(end).",
            nextStep: "Leave out `apiVersion` under `salesforce`, or name a version up to "
                + "\(SalesforceVersion.pinned.name).",
            isProblem: false
        )
        return Check(.salesforce, .version, version.name, [found])
    }

    private static func trial(_ end: Int64, _ now: Int64) -> Check {
        let expiry = Expiry(
            .salesforce,
            "the trial of the org",
            endsAt: end,
            nextStep: "Buy an edition in Salesforce (Setup, Your Account), or connect another org."
        )
        return Check(
            .salesforce,
            .trial,
            "ends on \(CivilTime.text(end).prefix(10))",
            expiry.diagnosis(now: now).map { [$0] } ?? []
        )
    }

    // MARK: - Both

    static func refused(_ side: Side, _ error: SyncError) -> Check {
        let code: Diagnosis.Code
        let subject: String
        switch error.code {
        case .forbidden: (code, subject) = (.apiSwitchedOff, "API Enabled")
        case .credentials: (code, subject) = (.signInRefused, "credentials")
        case .limitReached: (code, subject) = (.fewCallsLeft, "calls of the day")
        case .configuration: (code, subject) = (.expires, "version of the API")
        default: (code, subject) = (.notReached, Words.name(of: side))
        }
        let found = Diagnosis(side, code, subject, cause: error.cause, nextStep: error.nextStep)
        return Check(side, .account, "nothing else could be looked at", [found])
    }

    static func calls(_ side: Side, _ usage: DailyUsage?) -> Check {
        guard let usage else { return Check(side, .calls, "no limit a day") }
        let left = max(0, usage.allowed - usage.used)
        let shown = "\(left) of \(usage.allowed) left for a day"
        guard left * 10 < usage.allowed else { return Check(side, .calls, shown) }
        let found = Diagnosis(
            side,
            .fewCallsLeft,
            "calls of the day",
            cause:
                "\(Words.name(of: side)) has \(left) of \(usage.allowed) API calls left; other apps use them too.",
            nextStep:
                "`duet plan` shows what the next run costs; `duet run` waits where a day's calls run out.",
            isProblem: left == 0
        )
        return Check(side, .calls, shown, [found])
    }

    /// `isStrict`: whether the sign-in names times by this machine's clock (RFC 7523).
    static func clock(_ side: Side, _ lead: Int64?, isStrict: Bool) -> Check {
        guard let lead else { return Check(side, .clock, "not told") }
        let seconds = Int(abs(lead) / 1_000)
        guard abs(lead) > Self.clockTolerance else { return Check(side, .clock, "agrees") }
        let way = lead > 0 ? "behind" : "ahead of"
        let found = Diagnosis(
            side,
            .clockIsOff,
            "clock",
            cause:
                "This machine's clock is \(seconds) seconds \(way) \(Words.name(of: side))'s.",
            nextStep:
                "Let the machine set its clock by the network (NTP). "
                + (isStrict
                    ? "Duet signs in by it." : "Until then Duet goes by the CRMs' clocks."),
            isProblem: isStrict
        )
        return Check(side, .clock, "\(seconds) seconds off", [found])
    }

    /// Milliseconds within which two clocks agree: a `Date` header has whole seconds, and calls take some.
    private static let clockTolerance: Int64 = 60_000
}
