import CRMInterface
package import SyncCore
package import SyncRuntime
package import SyncStore

/// Gathers what a command prints from the store.
package enum Reporting {
    /// The most findings of which `duet status` and `duet plan` list every one.
    static let findingsMax = 100_000
    /// The most findings of one kind that any other report lists: a backfill may find very many.
    static let findingsOfKindMax = 200

    /// What a pass did, with everything that waits or needs a person.
    ///
    /// `listsAll`: a preview's issues stand nowhere else.
    package static func report(
        title: String,
        open: OpenPair,
        summary: RunSummary,
        listsAll: Bool = false
    ) async throws(SyncError) -> CommandReport {
        var report = CommandReport(title: title, urls: open.urls)
        report.summary = summary
        report.findingCounts = try await open.store.findingCounts()
        for code in Finding.Code.allCases where report.findingCounts[code] != nil {
            report.findings += try await open.store.findings(
                of: code,
                limit: listsAll ? Self.findingsMax : Self.findingsOfKindMax
            )
        }
        report.waiting = try await Self.waiting(open.store)
        for call in try await open.store.calls(since: open.startedAt) {
            report.calls[call.side, default: 0] += call.cost
        }
        report.exitCode = report.waiting.isEmpty ? 0 : 3
        return report
    }

    /// What a preview would write, from the outbox of its private store.
    ///
    /// `reads`: the calls that the preview made; whoever writes makes them again, to see what has changed since.
    package static func plan(
        open: OpenPair,
        asks: Int,
        reads: [Side: Int]
    ) async throws(SyncError) -> PlanSummary {
        var plan = PlanSummary()
        plan.asks = asks
        let isStrict = open.pair.settings.isGuardStrict
        var forecasts: [Side: WriteForecast] = [:]
        for side in Side.allCases {
            guard let limits = open.pair.connections[side]?.limits else { continue }
            forecasts[side] = WriteForecast(
                collectionMax: limits.writeCollectionMax,
                collectionsMax: limits.writeCollectionsMax,
                conditionalMax: isStrict ? limits.conditionalWritesMax : 0,
                readMax: limits.readMax,
                chunkMax: limits.chunkMax
            )
        }
        var after: EntryQuery.Place?
        while true {
            let entries = try await open.store.entries(
                EntryQuery(states: [.planned, .unmatched], after: after, limit: 2_000)
            )
            guard let last = entries.last else { break }
            after = EntryQuery.Place(last)
            for entry in entries { Self.count(entry, open: open, into: &plan, &forecasts) }
        }
        for (side, forecast) in forecasts {
            plan.price[side] = (reads[side] ?? 0) + forecast.calls
        }
        return plan
    }

    private static func count(
        _ entry: OutboxEntry,
        open: OpenPair,
        into plan: inout PlanSummary,
        _ forecasts: inout [Side: WriteForecast]
    ) {
        forecasts[entry.target]?.add(entry)
        if entry.kind == .create {
            plan.counts[entry.target, default: [:]][.create, default: 0] += 1
            // The new record's id is noted on the record it comes from.
            plan.keyWrites[entry.target.other, default: 0] += 1
            forecasts[entry.target.other]?.addKeyWrite()
        } else if entry.kind == .delete {
            plan.counts[entry.target, default: [:]][.delete, default: 0] += 1
        } else if entry.fields.isEmpty {
            plan.keyWrites[entry.target, default: 0] += 1
        } else {
            plan.counts[entry.target, default: [:]][.update, default: 0] += 1
        }
        guard entry.kind == .delete || !entry.fields.isEmpty, Self.wants(entry, in: plan) else {
            return
        }
        plan.rows.append(Self.row(entry, open: open))
    }

    /// Five rows: of each kind and side the first ones.
    private static func wants(_ entry: OutboxEntry, in plan: PlanSummary) -> Bool {
        let same = plan.rows.filter { $0.kind == entry.kind && $0.side == entry.target }.count
        return plan.rows.count < 5 && same < 2
    }

    private static func row(_ entry: OutboxEntry, open: OpenPair) -> PlanSummary.Row {
        let mapping = open.pair.mappings.first { $0.name == entry.mapping }
        let values = entry.observed(on: entry.target.other)?.values.values
        let names = (mapping?.kind?.shownBy ?? []).compactMap { property -> String? in
            guard let values, let field = mapping?.fields.first(where: { $0.hubspot == property }),
                values.indices.contains(field.index), !values[field.index].isBlank
            else { return nil }
            return values[field.index].text
        }
        let fields = entry.fields.compactMap { field -> String? in
            guard entry.kind == .update, let mapping else { return nil }
            let name = mapping.fields[field.index]
            let label = entry.target == .hubspot ? name.hubspot : name.salesforce
            return "\(label): \(field.reason)"
        }
        return PlanSummary.Row(
            mapping: entry.mapping,
            kind: entry.kind,
            side: entry.target,
            object: Self.objectName(entry.object, mapping),
            id: entry.kind == .create ? nil : entry.targetID,
            sourceID: entry.sourceID,
            name: names.isEmpty ? entry.sourceID : names.joined(separator: " "),
            fields: fields
        )
    }

    private static func objectName(_ object: String, _ mapping: ObjectMapping?) -> String {
        guard let kind = mapping?.kind, kind.isCustom else {
            return ObjectKind.named(object)?.singular ?? object.lowercased()
        }
        return object == kind.hubspot ? kind.singular : object
    }

    /// Writes that could not be made or finished now, with when they go on.
    package static func waiting(
        _ store: any SyncStore
    ) async throws(SyncError) -> [CommandReport.Waiting] {
        let next = try await store.nextWait()
        // A write that is stored is done, also while an earlier attempt of it may still arrive.
        let open = try await store.outboxCounts().filter { $0.count > 0 && $0.state != .landed }
        var waiting = open.map { count in
            CommandReport.Waiting(
                side: count.target,
                records: count.count,
                reason: Self.reason(count.state),
                until: next
            )
        }
        let parked = try await store.parkedCount()
        if parked > 0 {
            waiting.append(
                CommandReport.Waiting(
                    side: .hubspot,
                    records: parked,
                    reason: "records to be read again",
                    until: next
                )
            )
        }
        return waiting
    }

    private static func reason(_ state: OutboxEntry.State) -> String {
        switch state {
        case .unmatched: "waiting to be matched"
        case .planned: "waiting writes"
        case .sent, .unknown, .landed: "waiting for proof that a write arrived"
        case .confirmed, .rejected, .superseded: "done"
        }
    }
}
