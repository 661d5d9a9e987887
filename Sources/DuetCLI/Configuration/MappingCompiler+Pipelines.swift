import CRMInterface
import SyncCore

/// Stages of several pipelines, whose names in Salesforce may be the same.
extension MappingCompiler {
    /// The HubSpot objects whose pipelines go with another field of their stages.
    static func pipelined(_ configuration: Configuration) -> [String] {
        let mapped = configuration.mappings.filter { Self.stages(of: $0) != nil }
        return Set(mapped.map(\.hubspot)).sorted()
    }

    /// The places of a mapping's pipeline and of its stage, where both are synced.
    private static func stages(of mapping: Configuration.Mapping) -> (pipeline: Int, stage: Int)? {
        guard mapping.kind.stages.count == 2 else { return nil }
        let places = mapping.kind.stages.map { name in
            mapping.fields.firstIndex {
                $0.hubspot == name && $0.rule != .dontSync && !$0.values.isEmpty
            }
        }
        guard let pipeline = places[0], let stage = places[1] else { return nil }
        return (pipeline, stage)
    }

    /// Gives fields whose values are told apart by another one that field.
    mutating func tellApart(
        _ fields: inout [FieldMapping],
        _ mapping: Configuration.Mapping,
        _ objects: [ObjectDescription]
    ) {
        self.tellStagesApart(&fields, mapping)
        for (index, field) in mapping.fields.enumerated() where field.takesLabels {
            fields[index].ignoresCase = true
            self.tellPicksApart(&fields[index], field, mapping, objects)
        }
    }

    private mutating func tellStagesApart(
        _ fields: inout [FieldMapping],
        _ mapping: Configuration.Mapping
    ) {
        guard let (pipeline, stage) = Self.stages(of: mapping),
            let pipelines = self.pipelines[mapping.hubspot]
        else { return }
        for pair in fields[pipeline].values
        where !pipelines.contains(where: { $0.id == pair.hubspot }) {
            self.fail(
                mapping.fields[pipeline].place,
                "HubSpot has no pipeline `\(pair.hubspot)` of \(mapping.kind.shown).",
                Suggestion.text(for: pair.hubspot, among: pipelines.map(\.id))
            )
        }
        for (place, pair) in fields[stage].values.enumerated() {
            let holder = pipelines.first { $0.stages.contains { $0.id == pair.hubspot } }
            guard let holder else {
                self.fail(
                    mapping.fields[stage].place,
                    "No pipeline of \(mapping.kind.shown) has a stage `\(pair.hubspot)`.",
                    Suggestion.text(
                        for: pair.hubspot,
                        among: pipelines.flatMap { $0.stages.map(\.id) }
                    )
                )
                continue
            }
            fields[stage].values[place].within = holder.id
        }
        fields[stage].controller = .init(index: pipeline, side: .hubspot)
    }
}
