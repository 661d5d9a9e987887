import SyncCore

/// What a value of one side is on the other, for the shapes that simulations use.
///
/// Values are in each side's normal form.
enum ReferenceValues {
    /// `nil` where the value has no form on the other side.
    static func converted(
        _ value: String,
        to side: Side,
        _ field: FieldMapping,
        from source: FieldShape,
        into target: FieldShape
    ) -> String? {
        if value.isEmpty {
            // A Salesforce checkbox is never blank.
            return side == .salesforce && target.type == .boolean ? "false" : ""
        }
        var parts = target.type == .multiChoice ? value.components(";") : [value]
        for pair in field.values {
            let (from, to) =
                side == .salesforce
                ? (pair.hubspot, pair.salesforce) : (pair.salesforce, pair.hubspot)
            parts = parts.map { $0 == from ? "\u{1}" + to : $0 }
        }
        parts = parts.map { $0.hasPrefix("\u{1}") ? String($0.dropFirst()) : $0 }
        if target.type == .multiChoice {
            parts = Set(parts).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        }
        if let choices = target.choices,
            target.type == .singleChoice || target.type == .multiChoice,
            !parts.allSatisfy(choices.contains)
        {
            return nil
        }
        // A stage that the map does not list has no word over there.
        if field.rejectsUnlisted,
            !field.values.contains(where: { pair in
                value == (side == .salesforce ? pair.hubspot : pair.salesforce)
            })
        {
            return nil
        }
        var text = parts.joined(separator: ";")
        if target.type == .text, let max = target.lengthMax { text = String(text.prefix(max)) }
        if source.type == .datetime, target.type == .date {
            text = Int64(text).map { String(CivilTime.text($0).prefix(10)) } ?? text
        }
        if source.type == .date, target.type == .datetime {
            text = CivilTime.milliseconds(text).map(String.init) ?? text
        }
        if target.type == .datetime, target.wholeSeconds {
            text = Int64(text).map { String($0 / 1_000 * 1_000) } ?? text
        }
        return text
    }
}

extension String {
    fileprivate func components(_ separator: Character) -> [String] {
        self.split(separator: separator).map(String.init)
    }
}
