/// Invented names for companies and what they do with each other; no real company's data.
enum Vocabulary {
    static let firmNames = [
        "Blue", "North", "Iron", "Silver", "Harbour", "Alpine", "Delta", "Orchid", "Granite",
        "Copper", "Lumen", "Atlas", "Juniper", "Falcon", "Meridian", "Cedar", "Äther", "Río",
    ]
    static let firmKinds = [
        "Works", "Systems", "Foods", "Logistics", "Labs", "Textiles", "Partners", "Energy",
        "Clinic", "Studio", "Trading", "Holding",
    ]
    static let firmForms = ["GmbH", "Ltd", "Inc.", "AG", "S.A.", "LLC", "B.V.", ""]
    static let cities = [
        ("Berlin", "Germany"), ("Boston", "United States"), ("Lyon", "France"), ("Oslo", "Norway"),
        ("Nairobi", "Kenya"), ("Kyoto", "Japan"), ("Manila", "Philippines"), ("Łódź", "Poland"),
    ]
    /// One trade as HubSpot's list and as Salesforce's list have it; `nil`: that list has none.
    static let industries: [(hubspot: String?, salesforce: String?)] = [
        ("BANKING", "Banking"), ("CONSTRUCTION", "Construction"), ("INSURANCE", "Insurance"),
        ("RETAIL", "Retail"), ("TELECOMMUNICATIONS", "Telecommunications"),
        ("COMPUTER_SOFTWARE", "Technology"), ("ACCOUNTING", nil), (nil, "Biotechnology"),
    ]
    /// What people typed before the list was there.
    static let oldIndustries = ["technolgy", "RETAIL", "Retail Trade", "software / IT", "n/a"]
    /// HubSpot's stage and the one of Salesforce that means about the same.
    static let stages = [
        ("appointmentscheduled", "Prospecting"), ("qualifiedtobuy", "Qualification"),
        ("presentationscheduled", "Needs Analysis"),
        ("decisionmakerboughtin", "Id. Decision Makers"),
        ("contractsent", "Negotiation/Review"), ("closedwon", "Closed Won"),
        ("closedlost", "Closed Lost"),
    ]
    /// A stage of an older process, which no list has any more.
    static let oldStages = ["Verbal Agreement", "Won", "Engaging"]
    static let products = [
        "GTX Basic", "GTX Pro", "Support renewal", "Licences", "Pilot", "Workshop", "Hardware",
    ]
    /// HubSpot's stage of a ticket and the status of a Case.
    static let statuses = [
        ("1", "New"), ("2", "Working"), ("3", "Escalated"), ("4", "Closed"),
    ]
    static let oldStatuses = ["On Hold", "closed"]
    static let problems = [
        "Invoice is wrong", "Cannot log in", "Delivery is late", "Question about the licence",
        "Printer does not print", "Wrong colour", "Please call back",
    ]
    static let priorities = [("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")]
    static let occasions = [
        "Follow up", "First call", "Send the offer", "Quarterly review", "Demo", "Check in",
        "Contract questions",
    ]
}
