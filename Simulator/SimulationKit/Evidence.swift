package import MockHubSpot
package import MockSalesforce
package import SyncCore
package import SyncStore

/// What a finished run left behind: both CRMs' full history, and what the engine itself recorded.
package struct Evidence: Sendable {
    package var profile: SimulationProfile
    /// The kind of record that `hubspot`, `contacts`, `people` and what else is of one kind tell of.
    package var object = SimulatedObject.contacts(SimulatedField.texts)
    /// The same of the other kinds, where several are kept in step.
    package var others: [Evidence] = []
    /// When records to which others belong were deleted or merged away, by side and id.
    var parents: [Side: [String: [Leaving]]] = [:]
    /// The companies' links, whatever this tells of.
    var companyLinks: [Link] = []
    /// What waits for a record that it belongs to.
    package var waiting: [WaitingRecord] = []
    package var hubspot: [MockHubSpotVersion]
    package var salesforce: [MockSalesforceChange]
    package var contacts: [MockHubSpotRecord]
    package var people: [MockSalesforceRecord]
    /// The engine's own history of every record.
    package var journal: [JournalEntry]
    package var ledger: [CallSummary]
    /// The calls that each CRM billed.
    package var billed: [Side: Int]
    /// Requests that HubSpot refused for coming too fast; those of a day that others used up are not
    /// counted here.
    package var throttled: Int
    /// When which record was hidden from the integration user.
    package var hidden: [HiddenSpan]
    /// What the reference grids refute of the engine's decisions.
    package var wrongDecisions: [String]
    package var openEntries: Int
    package var parked: Int
    package var findings: [StoredFinding]
    /// Versions of both CRMs when the engine had had its time to settle.
    package var versionsWhenSettled: Int
    /// Versions of both CRMs when it was over.
    package var versionsAtEnd = 0
    /// How long the engine was watched from then on, in milliseconds.
    package var quietTime: Int64
    /// Requests that each CRM got in that time.
    package var idleCalls: [Side: Int]
    /// What the wire did that the engine cannot know.
    package var wire: SimulatedWire.Record
    /// Every time the engine froze a pair.
    package var freezes: [Freeze]
    /// Every time a pair went on with another record, oldest first.
    package var successions: [Succession]
    /// Every write that a CRM refused.
    package var refusals: [Refusal]
    /// Records that were hidden from the integration user for a while.
    var everHidden: Set<String> { Set(self.hidden.map(\.record)) }
    /// All records, also those that are deleted, without what was purged.
    package var allPeople: [MockSalesforceRecord]
    package var allContacts: [MockHubSpotRecord]
    /// The engine's pairs as it holds them at the end.
    package var links: [Link] = []
    /// How often the engine's process died.
    package var kills = 0
    /// The durable marks of both feeds, transaction by transaction.
    package var marks: [MarkSample] = []
    /// Every request as the wire saw it.
    package var frames: [NetworkFrame] = []
    /// What others did to the calls of both CRMs.
    package var foreign: [ForeignCalls] = []
    /// Changes that a durable mark passed although nothing accounted for them.
    package var passedChanges: [String] = []
    /// What the engine said of passes that failed: cause and next step.
    package var messages: [String] = []
    /// What administrators broke for a while.
    package var breaks: [SchemaBreak] = []
    /// When a flow of the org rewrote which field.
    package var rewrites: [SchemaBreak] = []
    /// What HubSpot said of its segments' members, in the order of the looks.
    package var segments: [SegmentSample] = []
    /// What became of records of objects that nobody has mapped.
    package var unmapped = UnmappedWorld()
    /// What another integration's requests came to.
    package var bystander = BystanderFacts()
    /// When either CRM was slow.
    package var slow: [SlowSpan] = []
    /// When either CRM let the integration in no longer, and why.
    package var shut: [ShutDoor] = []
    /// What ended the engine's processes besides deaths.
    package var stops: [Stop] = []
    /// The numbers of the processes that were killed, as in `NetworkFrame.process`.
    package var deaths: Set<Int> = []
    /// What must stand nowhere.
    package var secrets: [String] = []
    /// What the store knew and a backup that took its place did not.
    var forgotten = SimulatedDisk.Forgotten()
    /// What deaths of the engine broke in its store.
    package var storeFaults: [String] = []
    /// The transaction of each Salesforce change, at the same place.
    package var transactions: [Int] = []
    /// What a foreign app was told by both CRMs' event feeds; `nil` where nobody listened.
    package var feeds: ObservedFeeds?
    /// When an operator let go the deletes that were held; `nil` where nobody has.
    package var deletesLetGo: Int64?
    /// Tasks and calls of both CRMs, the issues about them, and when HubSpot's were changed.
    var activities: [SimulatedActivities.Record] = []
    var activityIssues: [StoredFinding] = []
    var activityCommits: [Int64] = []
    /// Whom tasks, calls and wares are with at the end, and what people said of it.
    var partners: [PartnerView] = []
    var partnerWords: [PartnerWord] = []
    /// The contacts' links, whatever this tells of.
    var contactLinks: [Link] = []
    /// Which fields the configuration named from when on; none where it never changes.
    var fieldLists: [FieldList] = []
    /// Who was in the segments that say what is synced.
    var members = MemberBook()
    /// Who played which role in which deal; `nil` where that is not kept in step.
    var roles: RoleEvidence?
    /// What is left of people who were erased.
    var erased = ErasedRemains()
    /// When the last person had done the last thing and nothing failed any more, true time.
    package var calmAt: Int64 = 0

    /// Why a process of the engine ended by itself.
    package struct Stop: Sendable, Hashable {
        /// Which one, as in `NetworkFrame.process`.
        package var process: Int
        /// True time.
        package var at: Int64
        package var error: SyncError
    }

    /// One person's or the engine's change of one field.
    package struct Change: Sendable, Hashable {
        package var side: Side
        package var record: String
        package var field: String
        /// In the form in which values of both sides are compared; see `SimulatedField.common`.
        package var value: String
        /// Whether the field holds a value; a Salesforce checkbox always does.
        package var isSet: Bool
        package var at: Int64
        package var isEngine: Bool
        /// Whether it came with the record's creation.
        package var isCreate: Bool
    }

    /// The mapped fields besides what tells records apart.
    var fields: [SimulatedField] { self.object.fields }

    /// The fields that checkers follow: the address too, where people change it.
    var followed: [SimulatedField] {
        self.profile.crowd == nil
            ? self.object.followed : [self.object.identity] + self.object.followed
    }

    /// The fields that must agree in the end.
    var compared: [SimulatedField] {
        self.profile.crowd == nil ? self.fields : [self.object.identity] + self.fields
    }

    /// Whether people delete records.
    var hasLeavings: Bool {
        self.profile.lives != nil || self.profile.family?.deletes == true
            || self.profile.family?.carried != nil || self.profile.ties != nil
    }

    /// How long after a change the engine may first be shown it, in milliseconds.
    func unseenMax(_ side: Side) -> Int64 {
        side == .salesforce ? self.profile.commitDelay : self.profile.indexDelay
    }

    /// A history line's two values in the form in which values of both sides are compared.
    func values(of line: JournalEntry) -> (hubspot: String, salesforce: String) {
        let field = self.followed.first { $0.hubspot == line.field }
        return (
            field?.common(line.hubspotValue, of: .hubspot) ?? "",
            field?.common(line.salesforceValue, of: .salesforce) ?? ""
        )
    }

    /// Both sides' last synced values in a history line, in the same form.
    func bases(of line: JournalEntry) -> (hubspot: String, salesforce: String) {
        let field = self.followed.first { $0.hubspot == line.field }
        return (
            field?.common(line.hubspotBase, of: .hubspot) ?? "",
            field?.common(line.salesforceBase, of: .salesforce) ?? ""
        )
    }

    /// Whether a value that came over REST is what a flow made of it.
    ///
    /// Where people write capitals themselves it counts as theirs all the same: they wrote it.
    private func isRewritten(
        _ field: SimulatedField,
        _ value: MockSalesforceValue,
        _ at: Int64
    )
        -> Bool
    {
        guard !self.rewrites.isEmpty, let text = value.text, text != text.lowercased(),
            text == text.uppercased()
        else { return false }
        return self.rewrites.contains {
            $0.field == field.hubspot && $0.from <= at && at <= $0.to ?? .max
        }
    }

    /// Each mapped field's changes in the order of the commits, by side, record and field.
    ///
    /// A record goes by its HubSpot id on both sides; records without a link are left out.
    package func changes() -> [[Change]] {
        let fields = Dictionary(
            uniqueKeysWithValues: self.followed.map { ($0.hubspot, $0) }
        )
        let theirs = Dictionary(
            uniqueKeysWithValues: self.followed.map { ($0.salesforce, $0) }
        )
        let hubspotIDs = self.firstKeyed
        var order: [String] = []
        var groups: [String: [Change]] = [:]
        func add(_ change: Change) {
            let key = "\(change.side) \(change.record) \(change.field)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(change)
        }
        for version in self.hubspot {
            for field in version.fields {
                guard let known = fields[field.name] else { continue }
                add(
                    Change(
                        side: .hubspot,
                        record: version.recordID,
                        field: field.name,
                        value: known.common(hubspot: field.after),
                        isSet: !(field.after ?? "").isEmpty,
                        at: self.trueTime(version.at, of: .hubspot),
                        isEngine: version.author.sourceType == "INTEGRATION",
                        isCreate: version.kind == .create
                    )
                )
            }
        }
        for change in self.salesforce {
            let at = self.trueTime(change.at, of: .salesforce)
            guard let id = self.hubspotID(of: change.recordID, at: at, hubspotIDs) else {
                continue
            }
            for field in change.fields {
                guard let known = theirs[field.name] else { continue }
                add(
                    Change(
                        side: .salesforce,
                        record: id,
                        field: known.hubspot,
                        value: known.common(salesforce: field.after),
                        isSet: field.after != .null,
                        at: at,
                        isEngine: change.isRest && !self.isRewritten(known, field.after, change.at),
                        isCreate: change.kind == .create
                    )
                )
            }
        }
        return order.compactMap { groups[$0] }
    }
}
