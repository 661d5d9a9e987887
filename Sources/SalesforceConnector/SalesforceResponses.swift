import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

/// Reads Salesforce's replies; every failure is a value.
package enum SalesforceResponses {
    static func json(_ response: HTTPResponse) throws(SyncError) -> JSON {
        do {
            return try JSON(parsing: response.body)
        } catch {
            throw SalesforceFailures.malformed()
        }
    }

    /// The whole body, which the reply gives up: a page is held as what the parser made of it, not
    /// as bytes too.
    static func json(taking response: inout HTTPResponse) throws(SyncError) -> JSON {
        let whole = HTTPResponse(status: response.status, body: response.body)
        response.body = []
        return try Self.json(whole)
    }

    /// The bodies of a Composite's subrequests in order; the first that failed is thrown.
    ///
    /// The Composite itself answers 200 (REST API: resources_composite_composite_post).
    static func bodies(_ json: JSON, count: Int) throws(SyncError) -> [JSON] {
        let parts = json["compositeResponse"]?.elements ?? []
        guard parts.count == count else { throw SalesforceFailures.malformed() }
        var bodies: [JSON] = []
        for part in parts {
            guard let status = part["httpStatusCode"]?.integer, let body = part["body"] else {
                throw SalesforceFailures.malformed()
            }
            guard (200..<300).contains(status) else {
                throw SalesforceFailures.error(status: Int(status), body)
            }
            bodies.append(body)
        }
        return bodies
    }

    /// The describes of a Composite without those of objects that are not there for the user: 404 with `NOT_FOUND`.
    static func described(_ json: JSON, count: Int) throws(SyncError) -> [JSON] {
        let parts = json["compositeResponse"]?.elements ?? []
        guard parts.count == count else { throw SalesforceFailures.malformed() }
        var bodies: [JSON] = []
        for part in parts {
            guard let status = part["httpStatusCode"]?.integer, let body = part["body"] else {
                throw SalesforceFailures.malformed()
            }
            if status == 404, body[0]?["errorCode"]?.string == "NOT_FOUND" { continue }
            guard (200..<300).contains(status) else {
                throw SalesforceFailures.error(status: Int(status), body)
            }
            bodies.append(body)
        }
        return bodies
    }

    /// The rows of a query result.
    static func rows(
        _ result: JSON,
        _ mapping: ObjectMapping,
        _ object: ObjectMapping.Object
    )
        throws(SyncError) -> [RecordRow]
    {
        guard let records = result["records"] else { throw SalesforceFailures.malformed() }
        return try Self.rows(records.elements, object)
    }

    /// The rows of a query result that are a mapping's where it shares the object with others; `nil` where it
    /// does not.
    static func own(
        _ result: JSON,
        _ object: ObjectMapping.Object
    ) throws(SyncError) -> [RecordRow]? {
        guard let share = object.share else { return nil }
        guard let records = result["records"] else { throw SalesforceFailures.malformed() }
        return try Self.rows(records.elements, object) { record, row in
            share.keeps(hasKey: row.counterpartID != nil) { name in
                record[name]?.string ?? record[name]?.boolean.map { $0 ? "true" : "false" }
            }
        }
    }

    static func rows(
        _ records: [JSON],
        _ object: ObjectMapping.Object,
        where isKept: (JSON, RecordRow) -> Bool = { _, _ in true }
    ) throws(SyncError) -> [RecordRow] {
        var reader = SalesforceRowReader(object)
        var rows: [RecordRow] = []
        rows.reserveCapacity(records.count)
        for record in records where !record.isNull {
            guard let row = reader.row(record) else { throw SalesforceFailures.malformed() }
            if isKept(record, row) { rows.append(row) }
        }
        return rows
    }

    /// The locator of a query's next page; `nil` when the reply says `done` (REST API:
    /// resources_query).
    static func next(_ result: JSON) throws(SyncError) -> String? {
        switch result["done"]?.boolean {
        case true?: return nil
        case false?:
            guard let url = result["nextRecordsUrl"]?.string else {
                throw SalesforceFailures.malformed()
            }
            return url
        case nil: throw SalesforceFailures.malformed()
        }
    }

    /// Describe as the integration user sees it: fields it may not read are absent (REST API:
    /// resources_sobject_describe; the names of its members as recorded).
    static func description(_ json: JSON) throws(SyncError) -> ObjectDescription {
        guard let name = json["name"]?.string, let fields = json["fields"] else {
            throw SalesforceFailures.malformed()
        }
        return ObjectDescription(
            object: name,
            fields: fields.elements.compactMap(Self.field),
            keyPrefix: json["keyPrefix"]?.string,
            details: Self.details(json),
            recordTypes: Self.recordTypes(json)
        )
    }

    /// The record types that are in use (REST API: sObject Describe, `recordTypeInfos`).
    private static func recordTypes(_ json: JSON) -> [ObjectDescription.RecordType]? {
        json["recordTypeInfos"]?.elements.filter { $0["active"]?.boolean != false }.compactMap {
            type in
            guard let id = type["recordTypeId"]?.string, let name = type["name"]?.string else {
                return nil
            }
            return .init(
                id: id,
                name: name,
                developerName: type["developerName"]?.string ?? name,
                isAvailable: type["available"]?.boolean
            )
        }
    }

    /// The org's own objects whose records are deleted with those of this one: master-detail (REST API:
    /// resources_sobject_describe, `childRelationships`).
    private static func details(_ json: JSON) -> [String] {
        let children = json["childRelationships"]?.elements ?? []
        let names = children.filter { $0["cascadeDelete"]?.boolean == true }
            .compactMap { $0["childSObject"]?.string }
        return Set(names.filter { $0.hasSuffix("__c") }).sorted()
    }

    static func field(_ json: JSON) -> ObjectDescription.Field? {
        guard let name = json["name"]?.string, let wire = json["type"]?.string else { return nil }
        func flag(_ name: String) -> Bool { json[name]?.boolean == true }
        let type: FieldType
        switch wire {
        case "email": type = .email
        case "boolean": type = .boolean
        case "int", "double", "currency", "percent", "long": type = .number
        case "date": type = .date
        case "datetime": type = .datetime
        case "picklist", "combobox": type = .singleChoice
        case "multipicklist": type = .multiChoice
        case "reference", "id": type = .reference
        default: type = .text
        }
        let isTextual = type == .text || type == .email || type == .singleChoice
        let length = json["length"]?.integer ?? 0
        let isRestricted = flag("restrictedPicklist")
        let choices = json["picklistValues"]?.elements
            .filter { $0["active"]?.boolean == true }.compactMap { $0["value"]?.string }
        let isNumber = type == .number
        return ObjectDescription.Field(
            name: name,
            label: json["label"]?.string ?? name,
            shape: FieldShape(
                type: type,
                lengthMax: isTextual && length > 0 ? Int(length) : nil,
                scale: isNumber
                    ? (wire == "int" ? 0 : json["scale"]?.integer.map { Int($0) }) : nil,
                wholeSeconds: type == .datetime,
                choices: isRestricted ? choices : nil,
                isWritable: flag("updateable") && flag("createable"),
                isSetOnCreate: wire == "reference" && flag("createable")
            ),
            isRequiredOnCreate: flag("createable") && !flag("nillable")
                && !flag("defaultedOnCreate"),
            isUnique: flag("unique"),
            options: wire == "picklist" ? choices : nil,
            references: wire == "reference"
                ? json["referenceTo"]?.elements.compactMap(\.string) : nil,
            isCalculated: flag("calculated") || flag("autoNumber"),
            picks: wire == "picklist"
                ? json["picklistValues"]?.elements.compactMap(Self.pick) : nil,
            controlledBy: json["controllerName"]?.string
        )
    }

    /// One value of a picklist (REST API: sObject Describe, `picklistValues`).
    private static func pick(_ json: JSON) -> ObjectDescription.Pick? {
        guard let value = json["value"]?.string else { return nil }
        return ObjectDescription.Pick(
            value: value,
            label: json["label"]?.string ?? value,
            isActive: json["active"]?.boolean == true,
            validFor: json["validFor"]?.string.map(Self.places)
        )
    }

    /// The places that are set in Base64 text, each of whose characters is six bits, the highest first.
    private static func places(_ text: String) -> [Int] {
        var places: [Int] = []
        for (character, byte) in text.utf8.enumerated() {
            guard let six = Self.base64.firstIndex(of: byte) else { continue }
            for bit in 0..<6 where six & (32 >> bit) != 0 { places.append(character * 6 + bit) }
        }
        return places
    }

    private static let base64 = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
}
