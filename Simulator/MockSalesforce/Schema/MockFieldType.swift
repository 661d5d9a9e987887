/// The field types of the describe API that the mock knows.
package enum MockFieldType: String, Sendable, Hashable, Codable {
    case id
    case string
    case textarea
    case picklist
    case multipicklist
    case reference
    case boolean
    case int
    case double
    case currency
    case percent
    case date
    case datetime
    case time
    case email
    case phone
    case url
    case address
    case combobox
    case encryptedstring

    /// The SOAP type that describe reports beside it.
    var soapType: String {
        switch self {
        case .id, .reference: "tns:ID"
        case .boolean: "xsd:boolean"
        case .int: "xsd:int"
        case .double, .currency, .percent: "xsd:double"
        case .date: "xsd:date"
        case .datetime: "xsd:dateTime"
        case .time: "xsd:time"
        case .address: "urn:address"
        case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url, .combobox,
            .encryptedstring:
            "xsd:string"
        }
    }

    var isNumber: Bool {
        switch self {
        case .int, .double, .currency, .percent: true
        case .id, .string, .textarea, .picklist, .multipicklist, .reference, .boolean, .date,
            .datetime, .time, .email, .phone, .url, .address, .combobox, .encryptedstring:
            false
        }
    }
}
