import Foundation

/// People of both CRMs as CSV lines; half of them stand on both sides, with untidy differences.
enum People {
    static let hubspotNames = [
        "email", "firstname", "lastname", "jobtitle", "phone", "mobilephone",
    ]
    static let salesforceNames = [
        "Email", "FirstName", "LastName", "Title", "Phone", "MobilePhone",
    ]

    static func hubspot(_ count: Int) -> [String] {
        [Self.hubspotNames.joined(separator: ",")]
            + (0..<count).map { number in
                let phone = number % 5 == 0 ? "" : "+1 555 \(number)"
                let title = number % 3 == 0 ? "" : "Analyst \(number % 11)"
                let mobile = number % 4 == 0 ? "" : "+1 777 \(number)"
                return
                    "\(Self.email(number)),First\(number),Last\(number),\(title),\(phone),\(mobile)"
            }
    }

    /// The second half of HubSpot's people, then as many of its own.
    static func salesforce(_ count: Int) -> [String] {
        [Self.salesforceNames.joined(separator: ",")]
            + (0..<count).map { place in
                let number = place + count / 2
                let email = place % 7 == 0 ? Self.email(number).uppercased() : Self.email(number)
                let title = place % 2 == 0 ? "" : "Engineer \(number % 13)"
                let phone = place % 9 == 0 ? "" : "+1 555 \(number)"
                let mobile = place % 6 == 0 ? "" : "+1 777 \(number + place % 2)"
                return "\(email),First\(number),Last\(number),\(title),\(phone),\(mobile)"
            }
    }

    static func email(_ number: Int) -> String { "person.\(number)@example.com" }
}
