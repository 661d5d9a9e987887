import SyncCore

/// Random records with random bases, edits, rules and times: the engine's planner against the
/// reference.
package struct PlannerCases {
    private var random: SeededRandom
    private let mapping: ObjectMapping

    package init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        self.mapping = Self.mapping(&random)
        self.random = random
    }

    /// Decides so many records; answers what the reference refutes, at most a few.
    package mutating func run(_ count: Int) -> [String] {
        var faults: [String] = []
        for _ in 0..<count where faults.count < 10 {
            let input = self.input()
            faults += ReferenceMerge(input).faults(in: RecordMerge.decide(input))
        }
        return faults
    }

    /// How many fields each record has.
    package static let fieldsPerRecord = 14

    private mutating func input() -> RecordMergeInput {
        let isFirst = self.random.happens(percent: 15)
        var sides: [[FieldValue]] = [[], [], [], []]
        for field in self.mapping.fields {
            for place in sides.indices { sides[place].append(self.value(field, place / 2)) }
            // Often a side has not changed, and often both agree: small pools do the rest.
            if self.random.happens(percent: 40) { sides[1][field.index] = sides[0][field.index] }
            if self.random.happens(percent: 40) { sides[3][field.index] = sides[2][field.index] }
        }
        var input = RecordMergeInput(
            mapping: self.mapping,
            salesforceObject: "Contact",
            phase: isFirst ? .firstMatch : .linked,
            hubspot: RecordBlob(values: sides[1]),
            salesforce: RecordBlob(values: sides[3]),
            hubspotBase: isFirst ? nil : RecordBlob(values: sides[0]),
            salesforceBase: isFirst ? nil : RecordBlob(values: sides[2]),
            hubspotTime: self.time(),
            salesforceTime: self.time(),
            tolerance: 2_000,
            tieBreak: self.random.pick(Side.allCases)
        )
        if self.random.happens(percent: 20) {
            input.hubspotFieldTimes[self.random.below(Self.fieldsPerRecord)] =
                ServerTime(milliseconds: Int64(self.random.below(20_000)))
        }
        if self.random.happens(percent: 20) {
            input.seenBefore[self.random.pick(Side.allCases)] = [
                self.random.below(Self.fieldsPerRecord):
                    ServerTime(milliseconds: Int64(self.random.below(20_000)))
            ]
        }
        return input
    }

    private mutating func time() -> ChangeTime {
        let begin = Int64(self.random.below(20_000))
        let end = begin + Int64(self.random.below(6_000))
        switch self.random.below(4) {
        case 0: return .exact(ServerTime(milliseconds: begin))
        case 1: return .interval(after: nil, notAfter: ServerTime(milliseconds: end))
        default:
            return .interval(
                after: ServerTime(milliseconds: begin),
                notAfter: ServerTime(milliseconds: end)
            )
        }
    }

    private mutating func value(_ field: FieldMapping, _ side: Int) -> FieldValue {
        let shape =
            side == 0
            ? self.mapping.hubspot.fields[field.index]?.shape
            : self.mapping.salesforce[0].fields[field.index]?.shape
        guard self.random.happens(percent: 75), let type = shape?.type else {
            // A Salesforce checkbox is never blank.
            return side == 1 && shape?.type == .boolean ? FieldValue(normal: "false") : .blank
        }
        let text: String
        switch type {
        case .number: text = self.random.pick(["1", "2", "2.5"])
        case .date: text = self.random.pick(["2026-01-01", "2026-03-29", "2026-10-25"])
        case .datetime:
            let second = self.random.below(3)
            text = side == 0 ? "\(second * 1_000 + 7)" : "\(second * 1_000)"
        case .boolean: text = self.random.pick(["true", "false"])
        case .singleChoice: text = self.random.pick(side == 0 ? ["a", "b", "c"] : ["A", "B"])
        case .multiChoice:
            text = self.random.pick(side == 0 ? ["a", "a;b", "b"] : ["A", "A;B", "B"])
        case .text, .email, .reference: text = self.random.pick(["x", "y", "a text that is long"])
        }
        return FieldValue(normal: text)
    }

    private static func mapping(_ random: inout SeededRandom) -> ObjectMapping {
        let types: [FieldType] = [
            .text, .number, .date, .datetime, .boolean, .singleChoice, .multiChoice,
        ]
        func object(_ name: String, _ side: Side) -> ObjectMapping.Object {
            .init(
                name: name,
                fields: (0..<Self.fieldsPerRecord).map { index in
                    let type = types[index % types.count]
                    return .init(
                        name: "f\(index)",
                        shape: FieldShape(
                            type: type,
                            lengthMax: side == .salesforce && type == .text ? 10 : nil,
                            wholeSeconds: side == .salesforce
                        )
                    )
                },
                keyField: nil
            )
        }
        let fields = (0..<Self.fieldsPerRecord).map { index in
            let type = types[index % types.count]
            let isChoice = type == .singleChoice || type == .multiChoice
            return FieldMapping(
                index: index,
                hubspot: "f\(index)",
                salesforce: "f\(index)",
                rule: random.pick(SyncRule.allCases),
                values: isChoice
                    ? [("a", "A"), ("b", "B"), ("c", "B")].map {
                        .init(hubspot: $0.0, salesforce: $0.1)
                    } : []
            )
        }
        return ObjectMapping(
            name: "planner",
            hubspot: object("contacts", .hubspot),
            hubspotKeyFields: [:],
            salesforce: [object("Contact", .salesforce)],
            createAs: "Contact",
            fields: fields,
            matchFields: []
        )
    }
}
