/// Values that mean something only together: a stage with its pipeline, a state with its country.
extension RecordMerge {
    /// Writes along with a controlling field what its record's other values are under its new value.
    ///
    /// HubSpot refuses a pipeline with a stage of another one (docs/api-reference/latest/crm/pipelines). Where the value
    /// has no form under the new one, the controlling field stays as well: both are told and go together later.
    static func keepControlled(
        _ decision: inout MergeDecision,
        _ written: inout Set<Int>,
        _ context: MergeContext,
        _ input: RecordMergeInput
    ) {
        guard input.mapping.fields.contains(where: { $0.controller != nil }) else { return }
        for field in context.fields(input) {
            guard let controller = field.controller,
                let hubspot = input.mapping.hubspot.fields[field.index]?.shape,
                let salesforce = context.object?.fields[field.index]?.shape
            else { continue }
            for target in Side.allCases {
                guard let moved = Self.write(of: controller.index, to: target, in: decision),
                    Self.write(of: field.index, to: target, in: decision) == nil,
                    Self.fills(field.rule, from: target.other)
                else { continue }
                let (from, into) =
                    target == .hubspot ? (salesforce, hubspot) : (hubspot, salesforce)
                guard into.isWritable else { continue }
                let (value, old) = context.sourceAndTarget(field.index, writing: target)
                // What the other side is about to be given counts, not what it has.
                let given = Self.write(of: field.index, to: target.other, in: decision)
                let source = given.map { FieldValue(bytes: $0.value) } ?? value
                guard !source.isBlank, source != .unread else { continue }
                var told = field
                told.within[target] = nil
                switch FieldConversion.convert(
                    source,
                    to: target,
                    field: told,
                    from: from,
                    into: into
                )
                {
                case .value(let converted):
                    guard converted != old else { continue }
                    let write = OutboxEntry.Field(
                        index: field.index,
                        value: converted.bytes,
                        reason: moved.reason
                    )
                    decision.add(write, to: target, isGuarded: true)
                    written.insert(field.index)
                case .problem(let problem):
                    decision.withdraw(controller.index, to: target)
                    if !decision.problems.contains(where: { $0.index == field.index }) {
                        decision.leave(field.index, for: problem, nil)
                    }
                }
            }
        }
    }

    private static func write(
        of index: Int,
        to target: Side,
        in decision: MergeDecision
    ) -> OutboxEntry.Field? {
        (target == .hubspot ? decision.toHubSpot : decision.toSalesforce).first {
            $0.index == index
        }
    }
}
