"""The scripts that train, measure and check the encoder that ships; nothing here is imported by tiaowen at run time."""
