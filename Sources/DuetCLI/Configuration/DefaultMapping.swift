package import SyncCore
import WireJSON

/// What is mapped with what by default: one file of `Resources/defaults` for each HubSpot object.
///
/// Each file names the vendors' pages that its rows are from. `duet init` writes its configuration from them.
package struct DefaultMapping: Sendable, Hashable {
    /// One property with the field that says the same.
    package struct Row: Sendable, Hashable {
        /// What people read above the fields in Salesforce.
        package var label: String
        package var hubspot: String
        package var salesforce: Configuration.FieldNames
        package var rule: SyncRule
        /// The types on both sides, `HubSpot's → Salesforce's`; empty where a standard account lacks a side.
        package var conversion: String
        package var values: [FieldMapping.ValuePair]
        /// `reject` where only what `values` lists goes over.
        package var unlisted: String?
        package var defaults: [String]
        package var note: String?
        /// What has to be done or known before the row is used; it is written commented out.
        package var off: String?
        /// The sides on which a standard account does not have the field.
        package var lacks: [Side]
    }

    package var hubspot: String
    package var salesforce: [String]
    /// Where the rows are from.
    package var source: String
    package var rows: [Row]

    /// In the order in which `duet init` writes them.
    package static let all = [
        PackageResources.contacts_json, PackageResources.companies_json,
        PackageResources.deals_json, PackageResources.tickets_json,
        PackageResources.tasks_json, PackageResources.meetings_json, PackageResources.calls_json,
        PackageResources.emails_json, PackageResources.notes_json,
    ].compactMap { Self(parsing: $0) }

    /// The defaults of a HubSpot object, or `nil` where there are none.
    package static func of(_ hubspot: String) -> DefaultMapping? {
        self.all.first { $0.hubspot == hubspot }
    }

    /// Reads one file; `nil` where it is not one, which a test sees.
    package init?(parsing bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes), let hubspot = json["hubspot"]?.string,
            let source = json["source"]?.string, let rows = json["rows"]?.elements
        else { return nil }
        self.hubspot = hubspot
        self.salesforce = json["salesforce"]?.elements.compactMap(\.string) ?? []
        self.source = source
        self.rows = rows.compactMap { Row($0) }
        guard self.rows.count == rows.count, !self.salesforce.isEmpty else { return nil }
    }
}

extension DefaultMapping.Row {
    fileprivate init?(_ json: JSON) {
        guard let label = json["label"]?.string, let hubspot = json["hubspot"]?.string,
            let salesforce = json["salesforce"].flatMap({ Configuration.FieldNames($0) }),
            let rule = json["rule"]?.string.flatMap(SyncRule.init(rawValue:))
        else { return nil }
        self.label = label
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.rule = rule
        self.conversion = json["conversion"]?.string ?? ""
        self.values = (json["values"]?.members ?? []).compactMap { name, value in
            value.string.map { FieldMapping.ValuePair(hubspot: name, salesforce: $0) }
        }
        self.unlisted = json["unlisted"]?.string
        self.defaults = (json["default"]?.elements ?? []).compactMap(\.string)
        self.note = json["note"]?.string
        self.off = json["off"]?.string
        self.lacks = (json["lacks"]?.elements ?? []).compactMap {
            $0.string.flatMap(Side.init(rawValue:))
        }
    }
}

extension Configuration.FieldNames {
    fileprivate init?(_ json: JSON) {
        if let name = json.string {
            self.init(name)
        } else {
            let members = json.members.compactMap { object, field in
                field.string.map { (object: object, field: $0) }
            }
            guard let first = members.first else { return nil }
            self.init(
                first.field,
                byObject: Dictionary(members.map { ($0.object, $0.field) }) { one, _ in one }
            )
        }
    }
}
