/// Fields of Salesforce's standard objects that no permission set lists by their own name.
enum StandardFields {
    /// Those that whoever has the object has: required ones, and those that Salesforce keeps (Object Reference).
    private static let open: Set<String> = [
        "Id", "Name", "FirstName", "LastName", "MiddleName", "Salutation", "Suffix", "OwnerId",
        "IsDeleted", "MasterRecordId", "CreatedDate", "CreatedById", "LastModifiedDate",
        "LastModifiedById", "SystemModstamp", "RecordTypeId", "CurrencyIsoCode",
        "IsPersonAccount",
    ]

    private static let openByObject: [String: Set<String>] = [
        "Lead": ["Company", "Status", "IsConverted"], "Case": ["Status"],
        "Opportunity": ["StageName", "CloseDate", "ForecastCategory"],
        "Task": ["Status", "Priority", "WhoId", "WhatId"], "Event": ["WhoId", "WhatId"],
    ]

    static func isOpen(_ field: String, on object: String) -> Bool {
        self.open.contains(field) || self.openByObject[object]?.contains(field) == true
    }

    /// The address that a field is a part of, whose rights are the field's (Object Reference: compound fields).
    static func compound(of field: String, on object: String) -> String? {
        if field.hasSuffix("__s") {
            return field.firstRange(of: "__").map { "\(field[..<$0.lowerBound])__c" }
        }
        guard ["Account", "Contact", "Lead"].contains(object) else { return nil }
        for part in Self.parts where field.hasSuffix(part) {
            let prefix = String(field.dropLast(part.count))
            if Self.addresses[object]?.contains(prefix) == true { return "\(prefix)Address" }
        }
        return nil
    }

    private static let addresses = [
        "Account": ["Billing", "Shipping"], "Contact": ["Mailing", "Other"], "Lead": [""],
    ]

    private static let parts = [
        "Street", "City", "State", "StateCode", "PostalCode", "Country", "CountryCode", "Latitude",
        "Longitude", "GeocodeAccuracy",
    ]
}
