package io.namespend.ledger.bill;

/**
 * What was used, in the provider's words; empty where the line does not say.
 *
 * @param usageType such as {@code EU-BoxUsage:m5.large}, or a meter or SKU
 * @param region or zone, where the line has no region
 */
public record Product(
    String service,
    String usageType,
    String operation,
    String region,
    String instanceType,
    Purchase purchase) {}
