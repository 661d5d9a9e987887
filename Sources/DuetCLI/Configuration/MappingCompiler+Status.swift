import CRMInterface
import SyncCore

/// Fields in which records tell how they stand, against what both accounts say of them.
extension MappingCompiler {
    mutating func status(
        of mapping: Configuration.Mapping,
        _ hubspot: ObjectDescription,
        _ salesforce: [ObjectDescription]
    ) -> StatusFields? {
        guard let status = mapping.status else { return nil }
        for side in Side.allCases {
            let names = status.fields.names(on: side)
            for object in side == .hubspot ? [hubspot] : salesforce {
                let shown =
                    side == .hubspot
                    ? "HubSpot \(mapping.kind.shown)" : "Salesforce \(object.object)"
                if let name = names.status {
                    self.checkStatus(name, Self.words, object, shown, mapping)
                }
                if let name = names.page { self.checkStatus(name, nil, object, shown, mapping) }
            }
        }
        return status.fields
    }

    /// `words`: what the field must take; `nil` for the address of a page.
    private mutating func checkStatus(
        _ name: String,
        _ words: [String]?,
        _ object: ObjectDescription,
        _ shown: String,
        _ mapping: Configuration.Mapping
    ) {
        guard let place = mapping.status?.place else { return }
        let kind =
            words.map { "text, or a choice of \($0.joined(separator: ", "))" }
            ?? "a text of \(Self.pageLength) characters, or a URL"
        guard let field = object.field(name) else {
            self.fail(
                place,
                "\(shown) has no field `\(name)` that the integration user sees.",
                "Create it (\(kind)), or leave it out of `status`."
            )
            return
        }
        if self.isMapped(name, of: object, in: mapping) {
            self.fail(place, "`\(name)` is synced, so it cannot be a field of `status` too.")
        }
        guard field.shape.isWritable else {
            self.fail(place, "\(shown) does not let the integration user write `\(name)`.")
            return
        }
        let lacking = field.shape.choices.map { choices in
            (words ?? []).filter { !choices.contains($0) }
        }
        let length = words?.map(\.count).max() ?? Self.pageLength
        let fits =
            (field.shape.type == .text || (words != nil && field.shape.choices != nil))
            && (field.shape.lengthMax.map { $0 >= length } ?? true)
        guard !fits || lacking?.isEmpty == false else { return }
        self.fail(
            place,
            lacking?.isEmpty == false
                ? "`\(name)` of \(shown) does not have the choice `\(lacking?.first ?? "")`."
                : "`\(name)` of \(shown) cannot hold what `status` writes.",
            "Make it \(kind)."
        )
    }

    private func isMapped(
        _ name: String,
        of object: ObjectDescription,
        in mapping: Configuration.Mapping
    ) -> Bool {
        mapping.fields.contains { field in
            object.object == mapping.hubspot
                ? field.hubspot == name : field.salesforce.name(on: object.object) == name
        }
    }

    private static let words = SyncStatus.allCases.map(\.text)

    /// The longest address of a record's page, with room for long domains.
    private static let pageLength = 100
}
