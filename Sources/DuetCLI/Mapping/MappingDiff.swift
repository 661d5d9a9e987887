import SyncCore
import WireJSON

/// What two configurations map differently.
package struct MappingDiff: Sendable, Hashable {
    /// `+` only in the second, `-` only in the first, `~` in both and not the same.
    package var lines: [String] = []

    package init(_ first: Configuration, _ second: Configuration) {
        let names = (first.mappings + second.mappings).map(\.name)
        var seen = Set<String>()
        for name in names where seen.insert(name).inserted {
            let before = first.mappings.first { $0.name == name }
            let after = second.mappings.first { $0.name == name }
            switch (before, after) {
            case (let before?, let after?):
                let rows = Self.settings(before, after) + Self.rows(before, after)
                if !rows.isEmpty { self.lines += ["\(name)"] + rows }
            case (nil, let after?): self.lines.append("+ \(name): \(after.fields.count) rows")
            case (let before?, nil): self.lines.append("- \(name): \(before.fields.count) rows")
            case (nil, nil): continue
            }
        }
    }

    /// What is said of the object as a whole.
    private static func settings(
        _ before: Configuration.Mapping,
        _ after: Configuration.Mapping
    ) -> [String] {
        func line<Value: Equatable>(
            _ name: String,
            _ path: KeyPath<Configuration.Mapping, Value>,
            shown: (Value) -> String? = { _ in nil }
        ) -> [String] {
            let (old, new) = (before[keyPath: path], after[keyPath: path])
            guard old != new else { return [] }
            guard let told = shown(old), let now = shown(new) else { return ["  ~ \(name)"] }
            return ["  ~ \(name): \(told) → \(now)"]
        }
        return line("salesforce", \.salesforce) { $0.joined(separator: ", ") }
            + line("createAs", \.createAs) { $0 }
            + line("rules of createAs", \.createRules)
            + line("creates", \.creates) { $0.rawValue }
            + line("match", \.match) { $0.isEmpty ? "none" : $0.joined(separator: ", ") }
            + line("keys: salesforce", \.salesforceKey) { $0 ?? "none" }
            + line("keys: hubspot", \.hubspotKeys)
            + line("firstSync", \.firstSync) { $0.rawValue }
            + line("deletes", \.deletes)
            + line("include: hubspot", \.include.hubspot)
            + line("include: salesforce", \.include.salesforce)
            + line("include: segment", \.include.segment?.name) { $0 ?? "none" }
            + line("assignmentRules", \.assignment) { $0.rawValue }
            + line("taskType", \.taskType) { $0 ?? "none" }
            + line("status", \.status?.fields)
            + line("hubspot", \.written) { $0 }
            + line("relations", \.relations.told)
    }

    private static func rows(
        _ before: Configuration.Mapping,
        _ after: Configuration.Mapping
    ) -> [String] {
        var lines: [String] = []
        for field in before.fields
        where !after.fields.contains(where: { $0.hubspot == field.hubspot }) {
            lines.append("  - \(Self.text(field))")
        }
        for field in after.fields {
            guard let old = before.fields.first(where: { $0.hubspot == field.hubspot }) else {
                lines.append("  + \(Self.text(field))")
                continue
            }
            var same = old
            same.place = field.place
            if same != field {
                let change =
                    Self.text(old) == Self.text(field) ? "its values or defaults" : Self.text(field)
                lines.append("  ~ \(Self.text(old)) → \(change)")
            }
        }
        return lines
    }

    private static func text(_ field: Configuration.Field) -> String {
        "\(field.hubspot) ⇄ \(field.salesforce.text), \(field.rule.title)"
    }

    package var json: String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.member("same", self.lines.isEmpty)
            root.name("lines")
            root.array { list in for line in self.lines { list.string(line) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension [Configuration.Relation] {
    /// What they say, wherever they stand in their file.
    fileprivate var told: [String] {
        self.map { relation in
            let labels = relation.labels.map { "\($0.label): \($0.role)" }.joined(separator: ", ")
            return "\(relation.with.name) \(relation.through) \(relation.role ?? "") \(labels)"
        }
    }
}
