import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

extension Simulation {
    /// What the profiles of a worse world did.
    private static func worse(_ pair: SimulatedPair, _ evidence: Evidence, _ probes: Probes) {
        let wire = evidence.wire
        probes.hit(.requestDoubled, times: wire.copies.values.reduce(0, +))
        probes.hit(.requestLandedLate, times: wire.landings.count)
        probes.hit(.stoodStill, times: wire.pauses.count)
        probes.hit(.diskStopped, times: pair.disk.stops)
        probes.hit(.fieldBroken, times: evidence.breaks.count)
        if evidence.profile.rules != nil {
            probes.hit(.ruleRefused, times: evidence.refusals.count)
            let rest = Set(evidence.salesforce.filter(\.isRest).map(\.at))
            let rewritten = evidence.changes().joined().count {
                $0.side == .salesforce && !$0.isEngine && rest.contains($0.at)
            }
            probes.hit(.flowRewrote, times: evidence.rewrites.isEmpty ? 0 : rewritten)
        }
        probes.hit(.othersCalled, times: evidence.foreign.count)
        if evidence.profile.outages != nil {
            let cut = evidence.frames.count { $0.arrivedAt == nil }
            probes.hit(.crmUnreachable, times: cut)
        }
        let refused = evidence.frames.filter { $0.deliveredAt != nil }
        probes.hit(
            .salesforceLimitExceeded,
            times: refused.count { $0.side == .salesforce && $0.status == 403 }
        )
        probes.hit(.hubspotThrottled, times: refused.count { $0.limit == .second })
        probes.hit(.salesforceCursorEnded, times: refused.count(where: \.hasEnded))
        if evidence.profile.quota != nil {
            let day = refused.count { $0.side == .hubspot && $0.status == 429 }
            probes.hit(.hubspotDayUsedUp, times: day)
        }
        let left: Set<MockHubSpotVersion.Kind> = [.archive, .restore, .mergedAway]
        probes.hit(.hubspotRecordLeft, times: evidence.hubspot.count { left.contains($0.kind) })
        let gone: Set<MockSalesforceChange.Kind> = [.delete, .undelete, .mergedAway, .hardDelete]
        probes.hit(
            .salesforceRecordLeft,
            times: evidence.salesforce.count { gone.contains($0.kind) }
        )
        if evidence.profile.hasQuarrel {
            let rewritten = evidence.changes().joined().count {
                SimulatedQuarrel.isWorkflow($0.value) && !$0.isEngine
            }
            probes.hit(.workflowRewrote, times: rewritten)
        }
    }

    /// What was hit: by deeds and on the wire while it ran, the rest from what it left behind.
    static func probes(_ pair: SimulatedPair, _ evidence: Evidence) -> [Probe: Int] {
        let probes = pair.recorder.probes
        pair.world.with { state, _ in
            let hubspot = state.hubspot.faultsFired
            let salesforce = state.salesforce.faultsFired
            probes.hit(.hubspotTruncatedBody, times: hubspot[.truncatedBody] ?? 0)
            probes.hit(.hubspotLocked, times: hubspot[.locked] ?? 0)
            probes.hit(
                .hubspotTimeoutAfterCommit,
                times: hubspot[.gatewayTimeoutAfterCommit] ?? 0
            )
            let pages = SimulatedTroubles.statuses
            probes.hit(
                .hubspotPage,
                times: pages.reduce(0) { $0 + (hubspot[.status($1)] ?? 0) }
            )
            probes.hit(
                .hubspotFailed,
                times: SimulatedTroubles.failures.reduce(0) { $0 + (hubspot[$1] ?? 0) }
            )
            probes.hit(
                .salesforcePage,
                times: pages.reduce(0) { $0 + (salesforce[.status($1)] ?? 0) }
            )
            probes.hit(
                .salesforceFailed,
                times: (salesforce[.serverError] ?? 0) + (salesforce[.malformedBody] ?? 0)
            )
            probes.hit(.hubspotThrottled, times: hubspot[.throttled] ?? 0)
            probes.hit(.hubspotBatchEmpty, times: hubspot[.emptyBatch] ?? 0)
            probes.hit(.hubspotTokenEnded, times: hubspot[.expiredToken] ?? 0)
            probes.hit(.hubspotIndexLagged, times: state.hubspot.laggedSearches)
            probes.hit(.salesforceDroppedAfterCommit, times: salesforce[.dropAfterCommit] ?? 0)
            probes.hit(.salesforceDroppedBeforeCommit, times: salesforce[.dropBeforeCommit] ?? 0)
            probes.hit(.salesforceRowLocked, times: salesforce[.lockedRows] ?? 0)
            probes.hit(.salesforceSessionExpired, times: salesforce[.expiredSession] ?? 0)
            probes.hit(.salesforceTruncatedBody, times: salesforce[.truncatedBody] ?? 0)
            probes.hit(.salesforceUnavailable, times: salesforce[.unavailable] ?? 0)
        }
        probes.hit(
            .salesforceCommittedLate,
            times: evidence.salesforce.count { $0.visibleAt > $0.at }
        )
        self.worse(pair, evidence, probes)
        probes.hit(.editRaced, times: NoSilentLoss().fates(in: evidence).raced)
        probes.hit(.conflictRecorded, times: evidence.journal.count { $0.kind == .conflict })
        probes.hit(.bothSidesEdited, times: self.meetings(evidence))
        return probes.hits
    }

    /// How many edits met another of the same field on the other side within a poll.
    private static func meetings(_ evidence: Evidence) -> Int {
        var times: [String: [Int64]] = [:]
        let edits = evidence.changes().joined().filter { !$0.isEngine && !$0.isCreate }
        for edit in edits where edit.side == .salesforce {
            times["\(edit.record) \(edit.field)", default: []].append(edit.at)
        }
        return edits.count { edit in
            edit.side == .hubspot
                && (times["\(edit.record) \(edit.field)"] ?? [])
                    .contains { abs($0 - edit.at) <= evidence.profile.pollInterval }
        }
    }

    /// The recorder's events with the histories of both CRMs and of the engine.
    static func recording(_ pair: SimulatedPair, _ evidence: Evidence) -> Recording? {
        guard var recording = pair.recorder.recording else { return nil }
        recording.end = pair.executor.now
        recording.fields = evidence.profile.fields
        recording.changes =
            evidence.hubspot.map { version in
                .init(
                    at: version.at - recording.start,
                    side: .hubspot,
                    record: version.recordID,
                    kind: version.kind.rawValue,
                    isEngine: version.author.sourceType == "INTEGRATION",
                    fields: version.fields.filter { self.isShown($0.name, evidence.profile) }
                        .map { .init(name: $0.name, value: $0.after ?? "") }
                )
            }
            + evidence.salesforce.filter { $0.object == "Contact" }.map { change in
                .init(
                    at: change.at - recording.start,
                    side: .salesforce,
                    record: change.recordID,
                    kind: change.kind.rawValue,
                    isEngine: change.isRest,
                    fields: change.fields.filter { self.isShown($0.name, evidence.profile) }
                        .map { .init(name: $0.name, value: $0.after.wireText) }
                )
            }
        // Stable: of one moment HubSpot's come first.
        recording.changes.sort { $0.at < $1.at }
        recording.lines = evidence.journal.compactMap { line in
            guard let id = line.hubspotID else { return nil }
            return .init(
                at: line.at - recording.start,
                hubspotID: id,
                kind: line.kind.rawValue,
                field: line.field,
                hubspot: line.hubspotValue.map { String(decoding: $0, as: UTF8.self) },
                salesforce: line.salesforceValue.map { String(decoding: $0, as: UTF8.self) },
                reason: line.reason
            )
        }
        recording.lines.sort { $0.at < $1.at }
        recording.findings = evidence.findings.map(\.finding)
        return recording
    }

    private static func isShown(_ name: String, _ profile: SimulationProfile) -> Bool {
        ["email", "Email", "sf_contact_key", "HubSpot_Record_ID__c"].contains(name)
            || profile.fields.contains { $0.hubspot == name || $0.salesforce == name }
    }
}
