import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Administrators switch rules on and off while records are synced: duplicate rules, validation
/// rules, flows and required properties.
package struct SimulatedRules {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with a switch.
        package var percent: Int
        /// How many characters a value may have while a rule bounds it; longer ones may be there.
        package var lengthMax: Int
        /// Whether the org words what its duplicate rules find as published for v62, and not in lists.
        package var wordsDuplicatesOtherwise: Bool?
    }

    /// Whether, which rule, which field, what somebody does meanwhile and on which record.
    static let choicesOfOne = 5

    enum Rule: Int, CaseIterable {
        /// A validation rule whose error shows at the field, and one whose error names none.
        case validation, plainValidation
        case failingFlow, rewritingFlow
        /// A duplicate rule that warns, which the engine passes, and one that blocks.
        case duplicateAlert, duplicateBlock
        case propertyRule, required, requiredBesides

        /// Whether only writes of its own field are refused, and the refusal says so.
        var namesField: Bool { self == .validation || self == .propertyRule }

        var refuses: Bool { self != .rewritingFlow && self != .duplicateAlert }
    }

    /// What is on, and since when it has been.
    struct Active {
        var rule: Rule
        var field: SimulatedField
    }

    let pair: SimulatedPair
    let plan: Plan
    var active: Active?
    var number = 0
    /// The telephone number of somebody new whose twin comes with the next act.
    var twin: (phone: String, number: Int)?

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() {
        let choices = self.pair.choices
        let happens = choices.happens(.rules, percent: self.plan.percent)
        let rule = Rule(rawValue: choices.choose(.rules, below: Rule.allCases.count))
        let field = SimulatedField.texts[choices.choose(.rules, below: 4)]
        let deed = choices.choose(.rules, below: 6)
        let record = choices.choose(.rules, below: 1_000)
        self.makeSecondTwin()
        guard happens, let rule else {
            if deed > 0 { self.work(deed, record) }
            return
        }
        guard self.active == nil else { return self.lift() }
        self.active = Active(rule: rule, field: field)
        self.note(rule, field)
        self.set(rule, field)
    }

    /// No rule stands any more.
    mutating func lift() {
        guard let active = self.active else { return }
        self.active = nil
        let now = self.pair.time.wallMilliseconds
        if active.rule.refuses { self.pair.breaks.withLock { $0[$0.count - 1].to = now } }
        if active.rule == .rewritingFlow {
            self.pair.rewrites.withLock { $0[$0.count - 1].to = now }
        }
        self.pair.lines?.withLock { $0.append("\(now) rules: \(active.rule) is off") }
        self.pair.world.with { state, _ in
            state.salesforce.validationRules = []
            state.salesforce.flowRules = []
            state.salesforce.duplicateRules = []
            state.hubspot.settings.propertyRules = []
            state.hubspot.settings.requirements = []
        }
    }

    private func note(_ rule: Rule, _ field: SimulatedField) {
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) rules: \(rule) of \(field.hubspot)") }
        if rule == .rewritingFlow {
            self.pair.rewrites.withLock { $0.append(SchemaBreak(field: field.hubspot, from: now)) }
        }
        guard rule.refuses else { return }
        let name = rule.namesField ? field.hubspot : nil
        self.pair.breaks.withLock { $0.append(SchemaBreak(field: name, from: now)) }
    }

    private func set(_ rule: Rule, _ field: SimulatedField) {
        let (hubspot, salesforce) = (field.hubspot, field.salesforce)
        let most = self.plan.lengthMax
        self.pair.world.with { state, _ in
            switch rule {
            case .validation, .plainValidation:
                state.salesforce.validationRules = [
                    MockSalesforceValidationRule(
                        object: "Contact",
                        field: salesforce,
                        condition: .longer(than: most),
                        message: "Too long for the badge.",
                        errorField: rule == .validation ? salesforce : nil
                    )
                ]
            case .failingFlow:
                state.salesforce.flowRules = [
                    .init(object: "Contact", field: salesforce, action: .fail(message: "Stopped."))
                ]
            case .rewritingFlow:
                state.salesforce.flowRules = [
                    .init(object: "Contact", field: salesforce, action: .upperCase)
                ]
            case .duplicateAlert, .duplicateBlock:
                let action: MockSalesforceDuplicateRule.Action =
                    rule == .duplicateAlert ? .alert : .block
                state.salesforce.duplicateRules = [
                    MockSalesforceDuplicateRule(
                        object: "Contact",
                        name: "Same_Phone",
                        onCreate: action,
                        onUpdate: action,
                        matchingRules: [
                            .init(
                                object: "Contact",
                                name: "Same_Phone",
                                alternatives: [[.init("Phone", .exact)]]
                            )
                        ]
                    )
                ]
            case .propertyRule:
                state.hubspot.settings.propertyRules = [
                    MockHubSpotRule(.maxLength, [String(most)], of: hubspot, type: Self.contacts)
                ]
            case .required:
                state.hubspot.settings.requirements = [
                    MockHubSpotRequirement("jobtitle", type: Self.contacts)
                ]
            case .requiredBesides:
                state.hubspot.settings.requirements = [
                    MockHubSpotRequirement(
                        "phone",
                        type: Self.contacts,
                        when: .init("jobtitle", is: [Self.condition])
                    )
                ]
            }
        }
    }

    /// The type id of HubSpot's contacts.
    private static let contacts = "0-1"
    /// The job title that makes a telephone number a must.
    static let condition = "caller"
}
