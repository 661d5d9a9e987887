/// What an administrator sets up to run on each write.
extension MockSalesforce {
    /// The active validation rules, in the order in which their errors are named.
    package var validationRules: [MockSalesforceValidationRule] {
        get { self.org.validationRules }
        set { self.org.validationRules = newValue }
    }

    /// The active before-save flows, in the order in which they run.
    package var flowRules: [MockSalesforceFlowRule] {
        get { self.org.flowRules }
        set { self.org.flowRules = newValue }
    }

    /// The active duplicate rules, in the order in which they are asked; none at first.
    package var duplicateRules: [MockSalesforceDuplicateRule] {
        get { self.org.duplicateRules }
        set { self.org.duplicateRules = newValue }
    }
}
