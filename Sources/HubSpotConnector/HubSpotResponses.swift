import CRMInterface
import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads HubSpot's replies; every failure is a value.
package enum HubSpotResponses {
    /// The whole body, or the error of a body that is not JSON.
    static func json(_ response: HTTPResponse) throws(SyncError) -> JSON {
        do {
            return try JSON(parsing: response.body)
        } catch {
            throw HubSpotFailures.malformed()
        }
    }

    /// The whole body, which the reply gives up: a page is held as what the parser made of it, not
    /// as bytes too.
    static func json(taking response: inout HTTPResponse) throws(SyncError) -> JSON {
        let whole = HTTPResponse(status: response.status, body: response.body)
        response.body = []
        return try Self.json(whole)
    }

    // MARK: - Records

    /// The rows of a reply with `results`.
    ///
    /// `isLean`: whether no values were asked for.
    package static func rows(
        _ json: JSON,
        mapping: ObjectMapping,
        isArchived: Bool = false,
        isLean: Bool = false
    ) throws(SyncError) -> [RecordRow] {
        guard let results = json["results"] else { throw HubSpotFailures.malformed() }
        var reader = HubSpotRowReader(mapping)
        var rows: [RecordRow] = []
        rows.reserveCapacity(results.count)
        for result in results.elements {
            let row = reader.row(result, isArchived: isArchived)
            if !isLean, !isArchived, let name = reader.missingProperty {
                throw HubSpotFailures.missingProperty(name)
            }
            guard let row else { throw HubSpotFailures.malformed() }
            rows.append(row)
        }
        return rows
    }

    /// Where the next page of a list starts; `nil` when the reply says that there is none.
    ///
    /// `paging` is absent on the last page (OpenAPI: CRM/Objects/Rollouts/424); text in most
    /// replies, a number in some.
    static func next(_ json: JSON) -> String? {
        json["paging"]?["next"]?["after"].flatMap { $0.string ?? $0.numberText }
    }

    /// When each mapped property got its present value: the newest stands first (recorded replies
    /// of `propertiesWithHistory`; OpenAPI: CRM/Objects/Rollouts/424).
    static func changeTimes(_ json: JSON, mapping: ObjectMapping) -> [String: [Int: ServerTime]] {
        var times: [String: [Int: ServerTime]] = [:]
        for result in json["results"]?.elements ?? [] {
            guard let id = result["id"]?.string, let history = result["propertiesWithHistory"]
            else {
                continue
            }
            for (index, field) in mapping.hubspot.fields.enumerated() {
                guard let name = field?.name, let newest = history[name]?[0],
                    let stamp = newest["timestamp"]?.bytes,
                    let time = CivilTime.milliseconds(stamp[...])
                else { continue }
                times[id, default: [:]][index] = ServerTime(milliseconds: time)
            }
        }
        return times
    }

    // MARK: - Schema and account

    static func description(_ json: JSON, object: String) throws(SyncError) -> ObjectDescription {
        guard let results = json["results"] else { throw HubSpotFailures.malformed() }
        let fields = results.elements.compactMap { property -> ObjectDescription.Field? in
            guard let name = property["name"]?.string else { return nil }
            let isReadOnly =
                property["modificationMetadata"]?["readOnlyValue"]?.boolean == true
                || property["calculated"]?.boolean == true
            return ObjectDescription.Field(
                name: name,
                label: property["label"]?.string ?? name,
                shape: Self.shape(property, name: name, object: object, isWritable: !isReadOnly),
                isRequiredOnCreate: false,
                isUnique: property["hasUniqueValue"]?.boolean == true,
                references: property["referencedObjectType"]?.string.map { [$0] }
            )
        }
        return ObjectDescription(object: object, fields: fields)
    }

    /// Pairs of type and field type: docs/api-reference/crm-properties-v3/guide.
    ///
    /// The most characters of a text, 65,536, are from memory.
    private static func shape(
        _ property: JSON,
        name: String,
        object: String,
        isWritable: Bool
    ) -> FieldShape {
        let options = property["options"]?.elements.compactMap { $0["value"]?.string } ?? []
        let isOpen = property["externalOptions"]?.boolean == true || options.isEmpty
        let type: FieldType
        switch (property["type"]?.string, property["fieldType"]?.string) {
        case ("number", _): type = .number
        case ("bool", _): type = .boolean
        case ("date", _): type = .date
        case ("datetime", _): type = .datetime
        case ("enumeration", "checkbox"): type = .multiChoice
        case ("enumeration", "booleancheckbox"): type = .boolean
        case ("enumeration", _): type = isOpen ? .reference : .singleChoice
        case (_, _): type = object == "contacts" && name == "email" ? .email : .text
        }
        let isChoice = type == .singleChoice || type == .multiChoice
        return FieldShape(
            type: type,
            lengthMax: type == .text ? 65_536 : nil,
            choices: isChoice && !isOpen ? options : nil,
            isWritable: isWritable
        )
    }

    /// Recorded: post-auth/account-info.json; account-info-eu.json has another `uiDomain`.
    static func account(_ json: JSON) throws(SyncError) -> AccountIdentity {
        guard let portal = json["portalId"]?.integer else { throw HubSpotFailures.malformed() }
        let domain = json["uiDomain"]?.string ?? "app.hubspot.com"
        return AccountIdentity(id: String(portal), recordBaseURL: "https://\(domain)")
    }
}
