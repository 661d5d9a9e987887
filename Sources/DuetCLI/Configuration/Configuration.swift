package import HubSpotConnector
package import SalesforceConnector
package import SyncCore

/// One connection as its file describes it: checked for form, not yet against the CRMs.
package struct Configuration: Sendable, Hashable {
    package struct HubSpot: Sendable, Hashable {
        package var baseURL = "https://api.hubapi.com"
        package var apiVersion = HubSpotVersion.pinned
        package var sign: Sign = .token(.missing)

        package enum Sign: Sendable, Hashable {
            /// By what `duet connect` stored.
            case connected
            case token(SecretReference)
            case oauth(
                clientID: SecretReference,
                clientSecret: SecretReference,
                refreshToken: SecretReference
            )
        }
    }

    package struct Salesforce: Sendable, Hashable {
        package var loginURL = "https://login.salesforce.com"
        package var apiVersion = SalesforceVersion.pinned
        package var clientID: SecretReference = .missing
        package var clientSecret: SecretReference?
        /// Without one, and without a key, the client-credentials flow is used.
        package var refreshToken: SecretReference?
        /// Signs in by what `duet connect` stored; nothing else below is looked at then.
        package var isConnected = false
        /// The JWT bearer flow: whom the app signs in for, and the key of its certificate.
        package var assertion: Assertion?

        package struct Assertion: Sendable, Hashable {
            package var username: String
            package var privateKey: SecretReference
        }
    }

    /// One object mapping as it is written.
    package struct Mapping: Sendable, Hashable {
        package var name: String
        /// HubSpot's object; of one that the account made, what the file calls it until it is resolved.
        package var hubspot: String
        /// What the object is; of one that the account made, what the file tells until it is resolved.
        package var kind: ObjectKind
        /// What the file calls HubSpot's object.
        package var written: String
        package var salesforce: [String]
        package var createAs: String
        package var createRules: [CreateRule]
        package var match: [String]
        /// The Salesforce field that holds the HubSpot id; `nil` where the admin forbids one.
        package var salesforceKey: String?
        /// The HubSpot property per Salesforce object that holds its id.
        package var hubspotKeys: [String: String]
        package var firstSync: ObjectMapping.FirstSync
        package var deletes: DeletePolicy
        package var creates = Creates.both
        package var include = Inclusion()
        package var assignment = AssignmentPolicy.new
        /// What `Task.Type` becomes of new Tasks.
        package var taskType: String?
        package var fields: [Field]
        package var relations: [Relation] = []
        package var status: Status?
        package var place: Place
    }

    /// Where a record that only one CRM has is made.
    package enum Creates: String, Sendable, Hashable, CaseIterable {
        case both
        case salesforce
        case hubspot
        case none
    }

    /// The ties of a HubSpot record that a lookup of Salesforce's says.
    package struct Association: Sendable, Hashable {
        /// The object at the other end, or the name of its mapping, as the file has it.
        package var object: String
        /// The label of the ties that are meant; `nil` for any.
        package var label: String?

        package init(object: String, label: String? = nil) {
            self.object = object
            self.label = label
        }

        /// What messages call it: no property's name has spaces.
        package var name: String {
            "association with \(self.object)" + (self.label.map { ": \($0)" } ?? "")
        }
    }

    package struct Field: Sendable, Hashable {
        package var hubspot: String
        /// What stands in the place of a property.
        package var association: Association?
        package var salesforce: FieldNames
        package var rule: SyncRule
        package var values: [FieldMapping.ValuePair]
        /// Whether the pairs are those that Salesforce's picklist has: what people read, and what it holds.
        package var takesLabels = false
        /// Whether values that `values` does not list stay on their own side; `nil` where the file leaves
        /// it to the property.
        package var rejectsUnlisted: Bool?
        package var defaults: [FieldMapping.Default]
        package var order: ValueOrder?
        package var place: Place

        /// Whether it says what kind of record it is in Salesforce.
        package var isRecordType: Bool { self.salesforce.first == "RecordTypeId" }

        /// Whether it says whose record it is: HubSpot's owner property and Salesforce's field of that meaning.
        package var isOwner: Bool {
            self.hubspot == "hubspot_owner_id" && self.salesforce.first == "OwnerId"
        }
    }

    /// Where something stands in the file; lines and columns count from 1.
    package struct Place: Sendable, Hashable, Comparable {
        package var line: Int
        package var column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        package static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    package var path = "duet.yaml"
    package var hubspot = HubSpot()
    package var salesforce = Salesforce()
    /// The store's file, relative to the configuration's folder.
    package var store = "duet.sqlite"
    package var mappings: [Mapping] = []
    /// What of a CRM's daily calls Duet may use, in percent, where the file says so.
    package var allowance: [Side: Int] = [:]
    /// Whether writes that could go over an unseen edit are conditional where the CRM has such writes.
    package var isGuardStrict = false

    package init() {}
}
