import SyncCore

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
                let rows = Self.rows(before, after)
                if !rows.isEmpty { self.lines += ["\(name)"] + rows }
            case (nil, let after?): self.lines.append("+ \(name): \(after.fields.count) rows")
            case (let before?, nil): self.lines.append("- \(name): \(before.fields.count) rows")
            case (nil, nil): continue
            }
        }
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
}
