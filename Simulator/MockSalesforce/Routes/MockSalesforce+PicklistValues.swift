import HTTPTransport
import WireJSON

/// The one resource of the UI API that clients of records need: picklists by record type.
extension MockSalesforce {
    /// Salesforce's own record type, which every object has.
    private static let masterRecordType = "012000000000000AAA"

    /// `ui-api/object-info/{object}/picklist-values/{recordType}`: every picklist of the object with
    /// the values that may be chosen, under the master all of them.
    func picklistValues(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let path = request.path
        guard path.count == 5, path[1] == "object-info", path[3] == "picklist-values",
            let table = self.org.table(path[2])
        else { throw RequestFailure.notFound }
        try Self.allow([.get], request)
        let object = self.org.tables[table].object
        let id = SalesforceID.canonical(path[4])
        let type = self.org.recordTypes(of: object.name).first { $0.id == id }?.type
        guard id == Self.masterRecordType || type != nil else {
            throw RequestFailure("INVALID_TYPE", "Invalid recordTypeId", status: 400)
        }
        let url = "/services/data/\(request.version)/" + path.joined(separator: "/")
        return RESTReply.json(reserving: 16_384) { writer in
            writer.object { writer in
                writer.member("eTag", "0")
                writer.name("picklistFieldValues")
                writer.object { fields in
                    for field in object.fields
                    where !field.isRemoved && [.picklist, .multipicklist].contains(field.type) {
                        fields.name(field.name)
                        let left = type?.picklists[field.name] ?? field.picklistValues
                        let values = field.picklistValues.filter {
                            left.contains($0) && !field.inactiveValues.contains($0)
                        }
                        Self.write(values, url + "/" + field.name, into: &fields)
                    }
                }
            }
        }
    }

    private static func write(
        _ choices: [String],
        _ url: String,
        into writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("controllerValues")
            writer.object { _ in }
            writer.name("defaultValue")
            writer.null()
            writer.member("eTag", "0")
            writer.member("url", url)
            writer.name("values")
            writer.array { values in
                for value in choices {
                    values.object { item in
                        item.name("attributes")
                        item.null()
                        item.member("label", value)
                        item.name("validFor")
                        item.array { _ in }
                        item.member("value", value)
                    }
                }
            }
        }
    }
}
