/// What Salesforce lets stand in an activity only together, or not at all.
extension RecordMerge {
    /// An activity's fields that go over to Salesforce, without what a Lead's may not have.
    ///
    /// "If WhoId refers to a lead, then the WhatId field must be empty" (Object Reference, Task; refused with
    /// FIELD_INTEGRITY_EXCEPTION on both fields).
    static func allowed(
        _ fields: [OutboxEntry.Field],
        _ mapping: ObjectMapping
    ) -> [OutboxEntry.Field] {
        guard let (who, what) = Self.ties(mapping),
            let named = fields.first(where: { $0.index == who }), Self.isLead(named.value)
        else { return fields }
        return fields.filter { $0.index != what }
    }

    /// Adds what has to be written along with what is, and takes away what may not be.
    static func keepTogether(
        _ decision: inout MergeDecision,
        _ written: inout Set<Int>,
        _ context: MergeContext,
        _ input: RecordMergeInput
    ) {
        Self.keepControlled(&decision, &written, context, input)
        guard !decision.toSalesforce.isEmpty, let kind = input.mapping.kind else { return }
        Self.keepLeadsAlone(&decision, &written, context, input.mapping)
        guard !kind.together.isEmpty else { return }
        let group = input.mapping.fields.filter { kind.together.contains($0.hubspot) }
        let going = decision.toSalesforce.filter { write in
            group.contains { $0.index == write.index }
        }
        guard let first = going.first else { return }
        for field in group where !written.contains(field.index) {
            let value = context.salesforce[field.index]
            guard !value.isBlank else { continue }
            // What stands there goes again as it is: nobody may have changed it since the look.
            decision.add(
                .init(index: field.index, value: value.bytes, reason: first.reason),
                to: .salesforce,
                isGuarded: true
            )
            written.insert(field.index)
        }
    }

    private static func keepLeadsAlone(
        _ decision: inout MergeDecision,
        _ written: inout Set<Int>,
        _ context: MergeContext,
        _ mapping: ObjectMapping
    ) {
        guard let (who, what) = Self.ties(mapping) else { return }
        let named = decision.toSalesforce.first { $0.index == who }
        let bytes = named?.value ?? context.salesforce[who].bytes
        guard Self.isLead(bytes) else { return }
        if decision.toSalesforce.contains(where: { $0.index == what && !$0.value.isEmpty }) {
            decision.toSalesforce.removeAll { $0.index == what }
            written.remove(what)
            decision.pass(what)
        }
        guard let named, !context.salesforce[what].isBlank, !written.contains(what) else { return }
        decision.add(
            .init(index: what, value: [], reason: named.reason),
            to: .salesforce,
            isGuarded: true
        )
        written.insert(what)
    }

    /// The places of whom an activity is with and what it is about, where both are mapped.
    private static func ties(_ mapping: ObjectMapping) -> (who: Int, what: Int)? {
        let tied = mapping.fields.filter(\.isTied)
        guard let who = tied.first(where: { $0.salesforce == "WhoId" }),
            let what = tied.first(where: { $0.salesforce == "WhatId" })
        else { return nil }
        return (who.index, what.index)
    }

    private static func isLead(_ id: [UInt8]) -> Bool {
        ObjectKind.salesforceObject(ofID: String(decoding: id, as: UTF8.self)) == "Lead"
    }
}
